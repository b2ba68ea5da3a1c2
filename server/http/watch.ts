import { drainBody } from '../contract/hosts.ts'
import { parse } from '../contract/parse.ts'
import { type Door, resource } from './resource.ts'

/** For operators only, which `Watch` and `Hosts` see to themselves. */
export const watchRoutes = ({ app, services: { watch, hosts }, signedIn }: Door): void => {
  resource(app, '/api/ops/hosts', {
    get: signedIn(async (account, _req, res) => {
      res.json(await hosts.list(account))
    }),
  })
  resource(app, '/api/ops/hosts/:host/drain', {
    post: signedIn(async (account, req, res) => {
      res.json(await hosts.drain(account, String(req.params.host), parse(drainBody, req.body)))
    }),
  })
  resource(app, '/api/ops/lag', {
    get: signedIn(async (account, _req, res) => {
      res.json(await watch.lag(account))
    }),
  })
  resource(app, '/api/ops/waiting-room', {
    get: signedIn(async (account, _req, res) => {
      res.json(await watch.waitingRoom(account))
    }),
  })
  resource(app, '/api/ops/open-orders', {
    get: signedIn(async (account, _req, res) => {
      res.json(await watch.openOrders(account))
    }),
  })
  resource(app, '/api/ops/figures', {
    get: signedIn((account, _req, res) => void res.json(watch.figures(account))),
  })
}
