import { parse } from '../contract/parse.ts'
import { messagesBody, subscriptionBody, unsubscriptionBody } from '../contract/push.ts'
import { type Door, resource } from './resource.ts'

/** By which ways people want to be reached, and, for operators, what of it is suspended. */
export const pushRoutes = ({ app, services: { reachable, notifications }, signedIn }: Door): void => {
  resource(app, '/api/push/key', { get: (_req, res) => void res.json(reachable.key) })
  resource(app, '/api/push/subscriptions', {
    put: signedIn(async (account, req, res) => {
      res.json(await reachable.subscribe(account, parse(subscriptionBody, req.body)))
    }),
    delete: signedIn(async (account, req, res) => {
      res.json(await reachable.unsubscribe(account, parse(unsubscriptionBody, req.body).endpoint))
    }),
  })
  resource(app, '/api/customers/me/messages', {
    put: signedIn(async (account, req, res) => {
      res.json(await reachable.setMessages(account, parse(messagesBody, req.body).kakao))
    }),
  })
  resource(app, '/api/ops/notifications', {
    get: signedIn(async (account, _req, res) => {
      res.json(await notifications.view(account))
    }),
  })
}
