import { TOKEN } from '../../actors/address.ts'
import { eventName } from '../../actors/event-name.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Account } from '../contract/account.ts'
import { causeOf } from '../contract/cause.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { OrderListQuery } from '../contract/order-queries.ts'
import { type OrderView, orderView } from '../contract/order-view.ts'
import type { TimelineEntry } from '../contract/order-view-schema.ts'
import { requireParty, showsRiderPlace } from './access.ts'
import { ageOf, type Freshness } from './freshness.ts'
import { historyOf, latestOf } from './log-reads.ts'
import type { OrderRow, Reads, OrderPage as RowPage, TimelineRow } from './reads.ts'
import { takenOrder } from './taken.ts'

export interface OrderServices {
  readonly log: Log
  readonly reads: Reads
  readonly positions: { of(riderId: string): Promise<{ readonly lat: number; readonly lng: number; readonly at: string } | undefined> }
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly freshness: Freshness
}

export interface OrderPage {
  readonly items: readonly OrderView[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

/** Reading orders. One order comes from the log and is never stale; lists come from the read model. */
export class Orders {
  readonly #services: OrderServices

  constructor(services: OrderServices) {
    this.#services = services
  }

  /** @throws ApiError ORDER_NOT_FOUND, FORBIDDEN, LOG_UNAVAILABLE */
  async one(account: Account, id: string): Promise<OrderView> {
    const { version, at, state } = await this.#rowFor(account, id)
    const view = orderView(state, version, at, account.role)
    if (!view.rider || !showsRiderPlace(account.role, state)) return view
    const { positions, now, freshness } = this.#services
    const position = await positions.of(view.rider.id).catch(() => undefined)
    const age = position ? ageOf(position.at, now(), freshness) : 'hidden'
    if (!position || age === 'hidden') return view
    const place = { lat: position.lat, lng: position.lng, at: position.at, ...(age === 'stale' ? { stale: true } : {}) }
    return { ...view, rider: { ...view.rider, ...place } }
  }

  /** The account's own orders, newest first; an operator's are all. @throws ApiError READ_MODEL_UNAVAILABLE, BAD_REQUEST for a wrong cursor */
  async list({ role, id }: Account, { status, limit, cursor }: OrderListQuery): Promise<OrderPage> {
    const filter = { ...(status === undefined ? {} : { status }), ...(cursor === undefined ? {} : { cursor }) }
    return pageFor(role, await this.#services.reads.listOrders({ role, id, limit, ...filter }).catch(failsAs('READ_MODEL_UNAVAILABLE')))
  }

  /** Oldest first. From the log when the read model is behind or down. @throws ApiError as `one` */
  async timeline(account: Account, id: string): Promise<readonly TimelineEntry[]> {
    const { version } = await this.#rowFor(account, id)
    const read = await this.#services.reads.timeline(id).catch(() => [])
    const isCurrent = (read.at(-1)?.version ?? 0) >= version
    const rows = isCurrent ? read : (await historyOf(this.#services.log, { kind: 'order', id })).map(timelineRow)
    return rows.map(row => timelineEntry(row, account))
  }

  async #rowFor(account: Account, id: string): Promise<OrderRow> {
    const order = TOKEN.test(id) ? await this.#row(id) : undefined
    if (!order) throw new ApiError('ORDER_NOT_FOUND')
    requireParty(account, orderContext(order.state))
    return order
  }

  /** The log forgets orders after days, the read model does not. */
  async #row(id: string): Promise<OrderRow | undefined> {
    const { log, reads } = this.#services
    // Looked up once more after the inbox: an order may begin between the two looks.
    const found = (await rowInLog(log, id)) ?? (await takenOrder(log, id)) ?? (await rowInLog(log, id))
    return found ?? reads.orderById(id).catch(failsAs('READ_MODEL_UNAVAILABLE'))
  }
}

const rowInLog = async (log: Log, id: string): Promise<OrderRow | undefined> => {
  const newest = await latestOf(log, { kind: 'order', id })
  return newest && { id, version: newest.body.version, at: newest.body.at, state: newest.body.state }
}

const timelineRow = ({ body }: Stored<ActorRecord>): TimelineRow => ({
  version: body.version,
  event: eventName(body.event.type),
  status: orderRegions(body.state).order,
  at: body.at,
  by: { role: body.by.role, id: body.by.id },
  commandId: body.commandId,
  ...(body.correlationId === undefined ? {} : { correlationId: body.correlationId }),
})

/** Names of requests are for those who made them, and for operators, who look for them in the logs. */
const timelineEntry = ({ commandId, correlationId, ...row }: TimelineRow, { role, id }: Account): TimelineEntry => {
  const named = role === 'ops' || (row.by.role === role && row.by.id === id)
  return { ...row, cause: causeOf(commandId, row.event), ...(named && correlationId !== undefined ? { requestId: correlationId } : {}) }
}

/** Rows as one audience sees them. @throws ApiError BAD_REQUEST when the cursor was none of ours */
export const pageFor = (role: Account['role'], page: RowPage): OrderPage => {
  if (page.kind === 'badCursor') throw new ApiError('BAD_REQUEST', { details: { parameter: 'cursor' } })
  return { items: page.rows.map(({ state, version, at }) => orderView(state, version, at, role)), nextCursor: page.nextCursor }
}
