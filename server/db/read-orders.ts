import type { FilterQuery, MikroORM } from '@mikro-orm/postgresql'
import type { ActorRecord } from '../../actors/record.ts'
import { ENDED, type OrderStatus } from '../../machines/order-types.ts'
import type { Account } from '../contract/account.ts'
import type {
  OpenCount,
  OrderPage,
  OrderQuery,
  OrderRow,
  OrderSearch,
  Reads,
  SalesRow,
  SalesSearch,
  StoreSearch,
  TimelineRow,
} from '../gateway/reads.ts'
import type { OpenReads } from '../gateway/sync.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import { type KeptRecord, Position, StoredEvent, StoredOrder } from './entities.ts'
import { Gathered } from './gathered.ts'
import { digitsOf } from './order-row.ts'
import { searchable } from './store-row.ts'

const PAGE_MAX = 100
/** A little less than there are anywhere, so that nothing at the rim is missed. */
const METRES_PER_DEGREE = 110_000
/** More open orders than anybody can look at; operators, who own all of them, see the newest. */
const OPEN_MAX = 500

/** Owners in one question of a crowd's. */
const OWNERS_AT_ONCE = 100
type Owner = Parameters<OpenReads['openOrdersOf']>[0]
const OWNED_BY = { customer: 'customerId', store: 'storeId', rider: 'riderId' } as const

const newestFirst = { placedAt: 'desc', id: 'desc' } as const
const byId = { id: 'asc' } as const
/** Sorts behind every character of an id. */
const PAST_ALL = '~'

/** The questions the read model answers. All of them throw when PostgreSQL is away: the caller may have the log to ask. */
export class OrderReader implements Reads, OpenReads {
  readonly #orm: MikroORM
  readonly #open: Readonly<Record<Owner['role'], Gathered<string, readonly OrderRow[]>>>

  constructor(orm: MikroORM) {
    this.#orm = orm
    const open = (role: Owner['role']) => new Gathered<string, readonly OrderRow[]>(OWNERS_AT_ONCE, ids => this.#openOf(role, ids))
    this.#open = { customer: open('customer'), store: open('store'), rider: open('rider') }
  }

  /**
   * Newest first. Operators see all orders, the others their own. A page begins where the last one ended, so orders placed
   * meanwhile cause no gap and no repeat.
   */
  async listOrders({ role, id, status, limit, cursor }: OrderQuery): Promise<OrderPage> {
    return this.#page(limit, cursor, newestFirst, after => ({
      ...owned({ role, id }),
      ...(status === undefined ? {} : inStatus(status)),
      ...(after === undefined ? {} : olderThan(after)),
    }))
  }

  async searchOrders({ id, phone, limit, cursor }: OrderSearch): Promise<OrderPage> {
    const caller = phone === undefined ? {} : { customerPhone: digitsOf(phone) }
    if (id === undefined)
      return this.#page(limit, cursor, newestFirst, after => ({ ...caller, ...(after === undefined ? {} : olderThan(after)) }))
    // A range of ids and no pattern: it begins where the page before ended, however many orders share the beginning.
    return this.#page(limit, cursor, byId, after => ({
      ...caller,
      id: { ...(after === undefined ? { $gte: id } : { $gt: after.id }), $lt: id + PAST_ALL },
    }))
  }

  /** @throws RangeError when the limit is not 1…100 */
  async #page(
    limit: number,
    cursor: string | undefined,
    orderBy: typeof newestFirst | typeof byId,
    whereAfter: (after: Cursor | undefined) => FilterQuery<StoredOrder>,
  ): Promise<OrderPage> {
    if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) throw new RangeError(`limit must be 1…${PAGE_MAX}, got ${limit}`)
    const after = cursor === undefined ? undefined : decodeCursor(cursor)
    if (cursor !== undefined && after === undefined) return { kind: 'badCursor' }
    const found = await this.#orm.em.fork().find(StoredOrder, whereAfter(after), { orderBy, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return { kind: 'page', rows: page.map(rowOf), nextCursor: found.length > limit && last ? encodeCursor(last) : null }
  }

  /** What is under way: not at an end, or with its refund pending. The newest 500. */
  openOrdersOf({ role, id }: Owner): Promise<readonly OrderRow[]> {
    return this.#open[role].of(id)
  }

  async #openOf(role: Owner['role'], ids: readonly string[]): Promise<readonly (readonly OrderRow[])[]> {
    const [id = ''] = ids
    const column = OWNED_BY[role]
    const whose = ids.length === 1 ? owned({ role, id }) : { ...owned({ role, id }), [column]: { $in: [...ids] } }
    const found = await this.#orm.em
      .fork()
      .find(StoredOrder, { ...whose, open: true }, { orderBy: newestFirst, limit: OPEN_MAX * ids.length })
    const byOwner = Map.groupBy(found, order => order[column])
    return ids.map(each => (byOwner.get(each) ?? []).slice(0, OPEN_MAX).map(rowOf))
  }

  async orderById(id: string): Promise<OrderRow | undefined> {
    const found = await this.#orm.em.fork().findOne(StoredOrder, { id })
    return found ? rowOf(found) : undefined
  }

  /** Oldest first; empty for an order that is not known here. */
  async timeline(orderId: string): Promise<readonly TimelineRow[]> {
    const found = await this.#orm.em.fork().find(StoredEvent, { orderId }, { orderBy: { version: 'asc' } })
    return found.map(({ version, event, status, at, byRole, byId, commandId, correlationId }) => ({
      version,
      event,
      status,
      at: at.toISOString(),
      by: { role: byRole, id: byId },
      commandId,
      ...(typeof correlationId === 'string' ? { correlationId } : {}),
    }))
  }

  /** An order's records as they were archived, whole, oldest first; empty for an order that is not known here. */
  recordsOf(orderId: string): Promise<readonly ActorRecord[]> {
    return this.#archived("kind = 'order' and id = ? order by version", [orderId])
  }

  /** A breaker's newest records below a version, newest first. */
  breakerRecords(name: string, below: number, limit: number): Promise<readonly ActorRecord[]> {
    return this.#archived("kind = 'breaker' and id = ? and version < ? order by version desc limit ?", [name, below, limit])
  }

  async #archived(which: string, params: readonly unknown[]): Promise<readonly ActorRecord[]> {
    const found = await this.#orm.em.fork().execute<{ record: string }[]>(`select record from record_archive where ${which}`, [...params])
    return found.map(({ record }) => JSON.parse(record) as ActorRecord)
  }

  async openCounts(): Promise<readonly OpenCount[]> {
    return this.#orm.em
      .fork()
      .execute<OpenCount[]>('select status, cell, count(*)::integer as orders from order_view where open group by 1, 2')
  }

  /** Summed from the orders as they stand, so that a record told twice, or a read model built anew, counts nothing twice. */
  async salesOf({ storeId, zone, from, to }: SalesSearch): Promise<readonly SalesRow[]> {
    return this.#orm.em.fork().execute<SalesRow[]>(
      `select to_char(placed_at at time zone ?::text, 'YYYY-MM-DD') as day, count(*)::integer as orders,
         sum(total)::float8 as amount, coalesce(sum(total) filter (where refund <> 'none'), 0)::float8 as refunded
       from order_view
       where store_id = ? and paid and placed_at >= ?::date::timestamp at time zone ?::text
         and placed_at < (?::date + 1)::timestamp at time zone ?::text
       group by 1 order by 1`,
      [zone, storeId, from, zone, to, zone],
    )
  }

  async searchStores({ q, lat, radiusM }: StoreSearch): Promise<readonly string[]> {
    const like = `%${searchable(q).replace(/[\\%_]/g, '\\$&')}%`
    const reach = radiusM / METRES_PER_DEGREE
    const found = await this.#orm.em.fork().execute<{ id: string }[]>(
      `select id from store_view where lat between ? and ? and (name ilike ?
         or exists (select from menu_item_view item where item.store_id = store_view.id and item.name ilike ?))`,
      [lat - reach, lat + reach, like, like],
    )
    return found.map(({ id }) => id)
  }

  async position(stream: string): Promise<number> {
    const found = await this.#orm.em.fork().findOne(Position, { stream })
    return found?.seq ?? 0
  }
}

/** Only the last status is in an index; before that an order is one of those that are open, who are few. */
const inStatus = (status: OrderStatus): { readonly ended?: string; readonly open?: true; readonly status?: string } =>
  ENDED.includes(status) ? { ended: status } : { open: true, status }

/** The first half is implied by the second, but it is what lets the index begin at the right place. */
const olderThan = ({ placedAt, id }: Cursor) => ({
  placedAt: { $lte: placedAt },
  $or: [{ placedAt: { $lt: placedAt } }, { id: { $lt: id } }],
})

const owned = ({
  role,
  id,
}: Account): { readonly customerId?: string; readonly storeId?: string; readonly paid?: true; readonly riderId?: string } => {
  switch (role) {
    case 'customer':
      return { customerId: id }
    case 'store':
      return { storeId: id, paid: true }
    case 'rider':
      return { riderId: id }
    case 'ops':
      return {}
  }
}

const rowOf = ({ id, version, record }: StoredOrder): OrderRow => {
  const { at, state } = JSON.parse(record) as KeptRecord
  return { id, version, at, state }
}
