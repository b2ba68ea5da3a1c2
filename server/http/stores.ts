import { menuBody, soldOutBody } from '../contract/menus.ts'
import { parse } from '../contract/parse.ts'
import { salesQuery } from '../contract/sales.ts'
import { newStoreBody, profileBody } from '../contract/store-profile.ts'
import { storeStatusBody } from '../contract/stores.ts'
import { type Door, resource } from './resource.ts'

/** A store about itself, and operators who move one in. */
export const storeRoutes = ({ app, services: { stores, newStores, sales }, signedIn }: Door): void => {
  resource(app, '/api/stores/me/status', {
    put: signedIn(async (account, req, res) => {
      res.json(await stores.setStatus(account, parse(storeStatusBody, req.body)))
    }),
  })
  resource(app, '/api/stores/me/profile', {
    get: signedIn(async (account, _req, res) => {
      res.json(await stores.profile(account))
    }),
    put: signedIn(async (account, req, res) => {
      res.json(await stores.changeProfile(account, parse(profileBody, req.body)))
    }),
  })
  resource(app, '/api/stores/me/menu', {
    get: signedIn(async (account, _req, res) => {
      res.json(await stores.menu(account))
    }),
    put: signedIn(async (account, req, res) => {
      res.json(await stores.publish(account, parse(menuBody, req.body)))
    }),
  })
  resource(app, '/api/stores/me/menu/:menuId', {
    put: signedIn(async (account, req, res) => {
      res.json(await stores.setSoldOut(account, String(req.params.menuId), parse(soldOutBody, req.body)))
    }),
  })
  resource(app, '/api/stores/:id/sales', {
    get: signedIn(async (account, req, res) => {
      res.json(await sales.of(account, String(req.params.id), parse(salesQuery, req.query)))
    }),
  })
  resource(app, '/api/ops/stores', {
    post: signedIn(async (account, req, res) => {
      const made = await newStores.moveIn(account, parse(newStoreBody, req.body))
      res.location(`/api/stores/${made.id}`).status(201).json(made)
    }),
  })
}
