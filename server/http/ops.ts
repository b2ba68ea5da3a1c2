import { deadLettersQuery, opsOrdersQuery, retryBody } from '../contract/ops.ts'
import { parse } from '../contract/parse.ts'
import { type Door, resource } from './resource.ts'

/** For operators only, which `Ops` itself sees to. */
export const opsRoutes = ({ app, services: { ops }, signedIn }: Door): void => {
  resource(app, '/api/ops/orders', {
    get: signedIn(async (account, req, res) => {
      res.json(await ops.orders(account, parse(opsOrdersQuery, req.query)))
    }),
  })
  resource(app, '/api/ops/orders/:id/timeline', {
    get: signedIn(async (account, req, res) => {
      res.json(await ops.timeline(account, String(req.params.id)))
    }),
  })
  resource(app, '/api/ops/dead-letters', {
    get: signedIn(async (account, req, res) => {
      res.json(await ops.deadLetters(account, parse(deadLettersQuery, req.query)))
    }),
  })
  resource(app, '/api/ops/dead-letters/retry', {
    post: signedIn(async (account, req, res) => {
      res.json(await ops.retry(account, parse(retryBody, req.body)))
    }),
  })
  resource(app, '/api/ops/alarms', {
    get: signedIn(async (account, _req, res) => {
      res.json(await ops.alarms(account))
    }),
  })
}
