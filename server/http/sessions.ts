import { z } from 'zod'
import { ROLES } from '../contract/account.ts'
import { accountBody, refreshBody, sessionBody, signOutBody } from '../contract/accounts.ts'
import { idField } from '../contract/fields.ts'
import { parse } from '../contract/parse.ts'
import { addressOf } from '../gateway/address-of.ts'
import { requestIdOf } from './request-log.ts'
import { type Door, resource } from './resource.ts'

const named = z.object({ role: z.enum(ROLES), id: idField })

export const sessionRoutes = ({ app, services: { sessions, proxies }, signedIn }: Door): void => {
  resource(app, '/api/sessions', {
    post: async (req, res) => {
      res
        .status(201)
        .set('Cache-Control', 'no-store')
        .json(await sessions.signIn(parse(sessionBody, req.body), addressOf(req, proxies)))
    },
    delete: signedIn(async (account, _req, res) => {
      await sessions.signOut(account, undefined)
      res.json({ signedOut: true })
    }),
  })
  resource(app, '/api/sessions/refresh', {
    post: async (req, res) => {
      res.set('Cache-Control', 'no-store').json(await sessions.refresh(parse(refreshBody, req.body).refreshToken))
    },
  })
  resource(app, '/api/sessions/me', {
    delete: signedIn(async (account, _req, res, { sessionId }) => {
      await sessions.signOut(account, sessionId)
      res.json({ signedOut: true })
    }),
  })
  resource(app, '/api/ops/accounts/:role/:id/sign-out', {
    post: signedIn(async (by, req, res) => {
      const account = parse(named, req.params)
      await sessions.expel(by, account, parse(signOutBody, req.body).reason)
      res.json({ signedOut: true })
    }),
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
