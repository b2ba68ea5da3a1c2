import { accountBody, sessionBody } from '../contract/accounts.ts'
import { parse } from '../contract/parse.ts'
import { addressOf } from '../gateway/address-of.ts'
import { requestIdOf } from './request-log.ts'
import { type Door, resource } from './resource.ts'

export const sessionRoutes = ({ app, services: { sessions, proxies } }: Door): void => {
  resource(app, '/api/sessions', {
    post: async (req, res) => {
      res
        .status(201)
        .set('Cache-Control', 'no-store')
        .json(await sessions.signIn(parse(sessionBody, req.body), addressOf(req, proxies)))
    },
  })
  resource(app, '/api/accounts', {
    post: async (req, res) => {
      res
        .status(201)
        .set('Cache-Control', 'no-store')
        .json(await sessions.register(parse(accountBody, req.body), requestIdOf(res)))
    },
  })
}
