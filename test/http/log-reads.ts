import type { ActorState } from '../../actors/envelope.ts'
import { orderContext, orderRegions, wasPaid } from '../../actors/kinds/order.ts'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { ENDED, type OrderStatus } from '../../machines/order-types.ts'
import { wallOf } from '../../machines/zone.ts'
import { digitsOf } from '../../server/db/order-row.ts'
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
} from '../../server/gateway/reads.ts'

/** The read model's port straight from the log: nothing lags. `down` is PostgreSQL gone. */
export class LogReads implements Reads {
  readonly #log: Log
  down = false

  constructor(log: Log) {
    this.#log = log
  }

  async listOrders({ role, id, status, limit, cursor }: OrderQuery): Promise<OrderPage> {
    const mine = (await this.#rows()).filter(({ state }) => role === 'ops' || orderContext(state)[role]?.id === id)
    const wanted = mine.filter(({ state }) => status === undefined || orderRegions(state).order === status)
    return pageOf(wanted, limit, cursor)
  }

  async searchOrders({ id, phone, limit, cursor }: OrderSearch): Promise<OrderPage> {
    const wanted = (await this.#rows())
      .filter(row => id === undefined || row.id.startsWith(id))
      .filter(({ state }) => phone === undefined || digitsOf(orderContext(state).customer.phone ?? '') === digitsOf(phone))
    return pageOf(id === undefined ? wanted : wanted.sort((a, b) => (a.id < b.id ? -1 : 1)), limit, cursor)
  }

  async orderById(id: string): Promise<OrderRow | undefined> {
    return (await this.#rows()).find(row => row.id === id)
  }

  async timeline(): Promise<readonly TimelineRow[]> {
    if (this.down) throw new Error('the database is down')
    return [] // always behind: the log fills in
  }

  async salesOf({ storeId, zone, from, to }: SalesSearch): Promise<readonly SalesRow[]> {
    const days = new Map<string, SalesRow>()
    for (const { state } of await this.#rows()) {
      const { store, placedAt, total } = orderContext(state)
      const day = new Date(wallOf(zone, Date.parse(placedAt))).toISOString().slice(0, 10)
      if (store.id !== storeId || !wasPaid(state) || day < from || day > to) continue
      const { orders, amount, refunded } = days.get(day) ?? { orders: 0, amount: 0, refunded: 0 }
      const back = orderRegions(state).refund === 'none' ? 0 : total
      days.set(day, { day, orders: orders + 1, amount: amount + total, refunded: refunded + back })
    }
    return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
  }

  async openCounts(): Promise<readonly OpenCount[]> {
    const open = (await this.#rows()).filter(({ state }) => isOpen(state))
    const grouped = Map.groupBy(open, ({ state }) => `${orderRegions(state).order} ${orderContext(state).deliverTo.cell}`)
    return [...grouped].map(([key, { length: orders }]) => {
      const [status, cell = ''] = key.split(' ')
      return { status: status as OrderStatus, cell, orders }
    })
  }

  async position(stream: string): Promise<number> {
    if (this.down) throw new Error('the database is down')
    return this.#log.end(stream)
  }

  async searchStores({ q }: StoreSearch): Promise<readonly string[]> {
    if (this.down) throw new Error('the database is down')
    const found: string[] = []
    for (const subject of ['evt.store.>', 'evt.menu.>'])
      for await (const { body } of this.#log.newest<ActorRecord>(subject)) {
        const { name, items } = body.state.context as { readonly name?: string; readonly items?: readonly { readonly name: string }[] }
        const names = [name ?? '', ...(items ?? []).map(item => item.name)]
        if (names.some(text => text.toLowerCase().includes(q.toLowerCase()))) found.push(body.id)
      }
    return found
  }

  async #rows(): Promise<OrderRow[]> {
    if (this.down) throw new Error('the database is down')
    const rows: OrderRow[] = []
    for await (const { body } of this.#log.newest<ActorRecord>('evt.order.>'))
      rows.unshift({ id: body.id, version: body.version, at: body.at, state: body.state })
    return rows
  }
}

const isOpen = (state: ActorState): boolean => {
  const { order, refund } = orderRegions(state)
  return !ENDED.includes(order) || refund === 'pending'
}

const pageOf = (wanted: readonly OrderRow[], limit: number, cursor: string | undefined): OrderPage => {
  const from = cursor === undefined ? 0 : wanted.findIndex(row => row.id === cursor) + 1
  if (cursor !== undefined && from === 0) return { kind: 'badCursor' }
  const rows = wanted.slice(from, from + limit)
  const last = rows.at(-1)
  return { kind: 'page', rows, nextCursor: last && from + limit < wanted.length ? last.id : null }
}
