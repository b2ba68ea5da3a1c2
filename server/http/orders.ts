import type { Request, Response } from 'express'
import { ApiError } from '../contract/errors.ts'
import { idempotencyKeyField } from '../contract/fields.ts'
import { COMMAND_PATHS, type CommandName } from '../contract/order-commands.ts'
import { orderListQuery } from '../contract/order-queries.ts'
import { parse } from '../contract/parse.ts'
import type { Executed } from '../gateway/commands.ts'
import { type Door, resource } from './resource.ts'

export const orderRoutes = ({ app, services: { commands, orders }, signedIn }: Door): void => {
  resource(app, '/api/orders', {
    get: signedIn(async (account, req, res) => {
      res.json(await orders.list(account, parse(orderListQuery, req.query)))
    }),
    post: signedIn(async (account, req, res) => {
      const executed = await commands.execute(account, { name: 'place', idempotencyKey: idempotencyKeyOf(req), body: req.body })
      res.location(`/api/orders/${executed.view.id}`)
      answer(res, executed)
    }),
  })
  resource(app, '/api/orders/:id', {
    get: signedIn(async (account, req, res) => {
      const view = await orders.one(account, String(req.params.id))
      // A rider's position moves without a new version, so such a view is always sent.
      const { version, rider } = view
      res.set('ETag', `"${version}"`).set('Cache-Control', 'private, no-cache')
      if (rider?.at === undefined && hasVersion(req, version)) res.status(304).end()
      else res.json(view)
    }),
  })
  resource(app, '/api/orders/:id/timeline', {
    get: signedIn(async (account, req, res) => {
      res.json(await orders.timeline(account, String(req.params.id)))
    }),
  })
  for (const [name, path] of Object.entries(COMMAND_PATHS)) {
    resource(app, `/api/orders/:id/${path}`, {
      post: signedIn(async (account, req, res) => {
        const executed = await commands.execute(account, {
          name: name as CommandName,
          orderId: String(req.params.id),
          idempotencyKey: idempotencyKeyOf(req),
          expectedVersion: ifMatch(req),
          body: req.body,
        })
        answer(res, executed)
      }),
    })
  }
}

/** `If-None-Match`. Not `req.fresh`, which gives way to the `Cache-Control: no-cache` that browsers' fetch adds to it. */
const hasVersion = (req: Request, version: number): boolean =>
  (req.get('if-none-match') ?? '').split(',').some(tag => tag.trim().replace(/^W\//, '') === `"${version}"`)

const answer = (res: Response, { view, status }: Executed): void => {
  const ticket = view.payment.ticket
  if (ticket) res.set('Retry-After', String(Math.ceil(ticket.retryAfterMs / 1_000)))
  res.status(status).set('ETag', `"${view.version}"`).json(view)
}

/** @throws ApiError BAD_REQUEST when it is too long or not printable */
const idempotencyKeyOf = (req: Request): string | undefined => {
  const key = req.get('idempotency-key')
  if (key !== undefined && !idempotencyKeyField.safeParse(key).success)
    throw new ApiError('BAD_REQUEST', { details: { header: 'Idempotency-Key' } })
  return key
}

/** `If-Match: "5"`, `5` or `*`. @throws ApiError BAD_REQUEST when it names no version */
const ifMatch = (req: Request): number | undefined => {
  const header = req.get('if-match')?.trim()
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header)?.[1]
  if (version === undefined) throw new ApiError('BAD_REQUEST', { details: { header: 'If-Match' } })
  return Number(version)
}
