import type { Logger } from 'pino'
import type { Account } from '../contract/account.ts'
import { type CommandName, socketCommand } from '../contract/order-commands.ts'
import type { OrderView } from '../contract/order-view.ts'
import { parse } from '../contract/parse.ts'
import { type RequestName, seenBody } from '../contract/requests.ts'
import { locationBody, onlineBody } from '../contract/riders.ts'
import { requireRole } from '../gateway/access.ts'
import type { Positions } from '../gateway/positions.ts'
import type { Pusher } from '../gateway/pusher.ts'

export interface CommandRequest {
  readonly name: CommandName
  readonly orderId?: string
  readonly idempotencyKey?: string
  readonly expectedVersion?: number
  readonly body: unknown
}

/** What the requests of a socket are done with. Each throws an ApiError for what it refuses. */
export interface RequestServices {
  readonly commands: { execute(account: Account, request: CommandRequest): Promise<{ readonly view: OrderView; readonly status: number }> }
  readonly positions: Positions
  readonly pusher: Pusher
  /** Sends goOnline or goOffline to the rider's actor; already so is fine. */
  readonly setOnline: (account: Account, online: boolean) => Promise<unknown>
  /** Sends an event to an order of the account's own. */
  readonly act: (account: Account, orderId: string, event: 'seen') => Promise<unknown>
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
}

/** Does one request; what it returns is acked beside `ok: true`. @throws ApiError */
export type Request = (account: Account, payload: unknown) => Promise<object>

/** Every request a socket may make, by its event's name. */
export const socketRequests = (services: RequestServices): Readonly<Record<RequestName, Request>> => ({
  async command(account, payload) {
    const { name, orderId, idempotencyKey, expectedVersion, requestId: _requestId, ...body } = parse(socketCommand, payload)
    const { view } = await services.commands.execute(account, {
      name,
      ...(orderId === undefined ? {} : { orderId }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      body,
    })
    return { order: view }
  },

  async seen(account, payload) {
    requireRole(account, 'store')
    const { orderId } = parse(seenBody, payload)
    await services.act(account, orderId, 'seen')
    return {}
  },

  async location(account, payload) {
    requireRole(account, 'rider')
    return services.positions.report(account.id, parse(locationBody, payload))
  },

  async online(account, payload) {
    requireRole(account, 'rider')
    const { online } = parse(onlineBody, payload)
    await services.setOnline(account, online)
    return { online }
  },
})
