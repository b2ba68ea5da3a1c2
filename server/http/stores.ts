import { parse } from '../contract/parse.ts'
import { soldOutBody, storeStatusBody } from '../contract/stores.ts'
import { type Door, resource } from './resource.ts'

export const storeRoutes = ({ app, services: { entities }, signedIn }: Door): void => {
  resource(app, '/api/stores/me/status', {
    put: signedIn(async (account, req, res) => {
      res.json(await entities.setOpen(account, parse(storeStatusBody, req.body).open))
    }),
  })
  resource(app, '/api/stores/me/menu/:menuId', {
    put: signedIn(async (account, req, res) => {
      res.json(await entities.setSoldOut(account, String(req.params.menuId), parse(soldOutBody, req.body).soldOut))
    }),
  })
}
