import { forceBody, releaseBody } from '../contract/breakers.ts'
import { parse } from '../contract/parse.ts'
import { type Door, resource } from './resource.ts'

/** For operators only, which `Breakers` itself sees to. */
export const breakerRoutes = ({ app, services: { breakers }, signedIn }: Door): void => {
  resource(app, '/api/ops/breakers', {
    get: signedIn((account, _req, res) => void res.json(breakers.list(account))),
  })
  resource(app, '/api/ops/breakers/:name/history', {
    get: signedIn(async (account, req, res) => {
      res.json(await breakers.history(account, String(req.params.name)))
    }),
  })
  resource(app, '/api/ops/breakers/:name/force', {
    post: signedIn(async (account, req, res) => {
      res.json(await breakers.force(account, String(req.params.name), parse(forceBody, req.body)))
    }),
  })
  resource(app, '/api/ops/breakers/:name/release', {
    post: signedIn(async (account, req, res) => {
      res.json(await breakers.release(account, String(req.params.name), parse(releaseBody, req.body).reason))
    }),
  })
}
