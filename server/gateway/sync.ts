import { setTimeout as pause } from 'node:timers/promises'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { ENDED } from '../../machines/order-types.ts'
import type { Account, Role } from '../contract/account.ts'
import { concerns } from './access.ts'
import type { OrderRow } from './reads.ts'
import { Tail, within } from './tail.ts'

/** What sync asks of the read model. Either may throw: the log knows the same. */
export interface OpenReads {
  /** Every order of the account that is not over, its refund included. */
  openOrdersOf(account: { readonly role: 'customer' | 'store' | 'rider'; readonly id: string }): Promise<readonly OrderRow[]>
  /** The last sequence of the stream that the read model holds. */
  position(stream: string): Promise<number>
}

export const orderRow = ({ body }: Stored<ActorRecord>): OrderRow => ({
  id: body.id,
  version: body.version,
  at: body.at,
  state: body.state,
})

/** An order concerns its people until it has ended and its money is where it belongs. */
export const isOpen = ({ state }: OrderRow): boolean => {
  const { order, refund } = orderRegions(state)
  return !ENDED.includes(order) || refund === 'pending'
}

export const ordersOfCustomer = (id: string): string => `evt.order.*.*.*.${id}`

/** The route of an order's records names its store and its customer; a rider comes later and is not in it. */
export const ordersOf = (account: Account): string | undefined => {
  if (account.role === 'customer') return ordersOfCustomer(account.id)
  return account.role === 'store' ? `evt.order.*.*.${account.id}.*` : undefined
}

/** Waits for a projector that is further behind than the tail reaches, 500 ms in all; after that the log itself is asked. */
const PATIENCE_MS = [5, 10, 20, 40, 80, 160, 185] as const
/** A database that hangs is as good as down. */
const READ_LIMIT_MS = 2_000

export interface OpenOrdersOptions {
  readonly log: Log
  readonly reads: OpenReads
  /** Messages of the log beyond the read model that are read along, at most; default 5,000. */
  readonly most?: number
}

/**
 * What is open for an account. Ask after subscribing: every record is then in the answer, or was heard, or both.
 * The read model answers together with what the log holds beyond it, up to its end as it is now; where that cannot be, the log itself does.
 */
export class OpenOrders {
  readonly #options: OpenOrdersOptions
  readonly #tail: Tail

  constructor(options: OpenOrdersOptions) {
    this.#options = options
    this.#tail = new Tail(options)
  }

  /** Of a customer or a store; of others nothing. @throws when neither the read model nor the log can be read */
  async of({ role, id }: Account): Promise<readonly OrderRow[]> {
    const subject = ordersOf({ role, id })
    if (role === 'ops' || subject === undefined) return []
    const current = await within(READ_LIMIT_MS, this.#current(role, id))
    if (current) return current
    const open: OrderRow[] = []
    for await (const stored of this.#options.log.newest<ActorRecord>(subject)) {
      if (isOpen(orderRow(stored)) && concerns(role, stored.body.state)) open.push(orderRow(stored))
    }
    return open
  }

  /**
   * The orders a rider has in hand, by id. The log does not file orders by rider, so when the read model is behind, those that
   * his own record names are asked whose they are.
   * @param named by the rider's record, whether his still or not
   */
  async claimsOf(riderId: string, named: readonly string[]): Promise<string[]> {
    const { log, reads } = this.#options
    const current = await within(READ_LIMIT_MS, this.#current('rider', riderId))
    if (current) return current.map(({ id }) => id)
    const projected = await within(READ_LIMIT_MS, reads.openOrdersOf({ role: 'rider', id: riderId }))
    const ids = new Set([...(projected ?? []).map(({ id }) => id), ...named])
    const latest = await Promise.all([...ids].map(id => log.latest({ kind: 'order', id })))
    return latest
      .filter(stored => stored !== undefined)
      .map(orderRow)
      .filter(order => isOpen(order) && isRiddenBy(order, riderId))
      .map(({ id }) => id)
  }

  /** From the read model and what the log has beyond it, or undefined when that cannot be told. */
  async #current(role: 'customer' | 'store' | 'rider', id: string): Promise<readonly OrderRow[] | undefined> {
    for (const waitMs of [...PATIENCE_MS, 0]) {
      const beyond = await this.#tail.ask()
      if (beyond.kind === 'down') return undefined
      if (beyond.kind === 'read') return merged(await this.#options.reads.openOrdersOf({ role, id }), beyond.of(role, id), role, id)
      await pause(waitMs)
    }
    return undefined
  }
}

/** The newest of each order, if it still concerns him. */
const merged = (projected: readonly OrderRow[], beyond: readonly OrderRow[], role: Role, id: string): readonly OrderRow[] => {
  const newest = new Map(projected.map(row => [row.id, row]))
  for (const row of beyond) if (row.version > (newest.get(row.id)?.version ?? 0)) newest.set(row.id, row)
  return [...newest.values()].filter(row => isOpen(row) && concerns(role, row.state) && (role !== 'rider' || isRiddenBy(row, id)))
}

export const isRiddenBy = ({ state }: OrderRow, riderId: string): boolean => orderContext(state).rider?.id === riderId

/** Sorts by time of placing; the id keeps two of one instant in a steady order. */
const placing = ({ id, state }: OrderRow): string => `${orderContext(state).placedAt} ${id}`

/** Versions remembered of one account's orders: beyond it the longest unmoved are over. */
const REMEMBERED = 2_000

/**
 * One socket's orders, from what was read and what is heard.
 * F1. An order's version only grows.
 * F2. What is heard while the read is under way is kept, and merged with it: the newest version wins, nothing is lost.
 */
export class Feed {
  readonly #send: (order: OrderRow) => void
  readonly #versions = new Map<string, number>()
  #held: Map<string, OrderRow> | undefined = new Map()

  constructor(send: (order: OrderRow) => void) {
    this.#send = send
  }

  /** A record has been heard. */
  offer(order: OrderRow): void {
    const held = this.#held
    if (held) {
      if (order.version > (held.get(order.id)?.version ?? 0)) held.set(order.id, order) // F2
    } else if (this.#pass(order)) {
      this.#send(order)
    }
  }

  /** The read is done: gives what is open to `sync`, then sends what ended meanwhile, then every record as it comes. */
  begin(read: readonly OrderRow[], sync: (open: readonly OrderRow[]) => void): void {
    for (const order of read) this.offer(order) // F2
    const merged = [...(this.#held ?? new Map<string, OrderRow>()).values()]
    this.#held = undefined
    for (const order of merged.filter(isOpen)) this.#pass(order)
    sync(merged.filter(isOpen).sort((a, b) => (placing(a) < placing(b) ? 1 : -1)))
    for (const order of merged.filter(order => !isOpen(order))) this.offer(order)
  }

  /** F1 */
  #pass({ id, version }: OrderRow): boolean {
    const shown = this.#versions.get(id) ?? 0
    if (version <= shown) return false
    this.#versions.delete(id) // put back at the end, so that the first is the longest unmoved
    this.#versions.set(id, version)
    const [oldest] = this.#versions.keys()
    if (this.#versions.size > REMEMBERED && oldest !== undefined) this.#versions.delete(oldest)
    return true
  }
}
