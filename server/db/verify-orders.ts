import { isDeepStrictEqual } from 'node:util'
import type { ActorRecord } from '../../actors/record.ts'
import { isoSql } from './archived.ts'
import { type Differences, shown } from './difference.ts'
import type { NativePool } from './native-pool.ts'
import { type OrderRows, rowsOf } from './order-row.ts'
import { sameJson } from './verify-archive.ts'

type Snapshot = Pick<NativePool, 'query'>
type Event = OrderRows['event']
type View = OrderRows['view']
interface RecordRow {
  readonly id: string
  readonly version: number
  readonly text: string
}

export interface OrderCounts {
  readonly orders: number
  readonly steps: number
  /** Records that nothing can show. */
  readonly poison: number
}

const PAGE = 1_000

/**
 * Compares the read model of orders with the archive, and so with the log: each order's row with its last record, its timeline with all
 * of them, and nothing more. All of it in one snapshot, so it may run while orders go on.
 */
export const verifyOrders = async (snapshot: Snapshot, differences: Differences): Promise<OrderCounts> => {
  const counts = { orders: 0, steps: 0, poison: 0 }
  const records = new Lives(recordsOf(snapshot))
  const events = new Lives(eventsOf(snapshot))
  const views = new Lives(viewsOf(snapshot))
  for (;;) {
    const ids = [await records.id(), await events.id(), await views.id()].filter(id => id !== undefined)
    const id = ids.sort(byBytes)[0]
    if (id === undefined) return counts
    const read = (await records.take(id)).map(record => rowsOrPoison(record))
    const rows = read.filter(row => row !== undefined)
    counts.poison += read.length - rows.length
    counts.orders++
    counts.steps += rows.length
    compareTimeline(differences, id, rows, await events.take(id))
    compareRow(differences, id, rows.at(-1)?.view, (await views.take(id))[0])
  }
}

const rowsOrPoison = ({ text }: RecordRow): OrderRows | undefined => {
  try {
    return rowsOf(JSON.parse(text) as ActorRecord)
  } catch {
    return undefined
  }
}

const compareRow = (differences: Differences, id: string, wanted: View | undefined, has: View | undefined): void => {
  const what = `order/${id}`
  if (!wanted && has) differences.note(what, `order_view has it at version ${has.version}, the archive has no record of it`)
  else if (wanted && !has) differences.note(what, `order_view does not have it, the archive has version ${wanted.version}`)
  else if (wanted && has) {
    for (const column of Object.keys(wanted) as (keyof View)[]) {
      const same = column === 'record' ? sameJson(wanted.record, has.record) : wanted[column] === has[column]
      if (same) continue
      differences.note(what, `order_view has ${column} ${shown(has[column])}, by its last record it is ${shown(wanted[column])}`)
      return
    }
  }
}

const compareTimeline = (differences: Differences, id: string, rows: readonly OrderRows[], has: readonly Event[]): void => {
  const byVersion = new Map(has.map(event => [event.version, event]))
  for (const { event: wanted } of rows) {
    const there = byVersion.get(wanted.version)
    byVersion.delete(wanted.version)
    const what = `order/${id} version ${wanted.version}`
    if (!there) differences.note(what, 'order_event does not have it, the archive does')
    else if (!isDeepStrictEqual(there, wanted))
      differences.note(what, `order_event has ${shown(there)}, by its record it is ${shown(wanted)}`)
  }
  for (const version of byVersion.keys())
    differences.note(`order/${id} version ${version}`, 'order_event has it, the archive has no record of it')
}

/** Rows in the order of their ids, handed out one order at a time. */
class Lives<Row> {
  readonly #rows: AsyncIterator<readonly [id: string, row: Row]>
  #next: Promise<IteratorResult<readonly [string, Row]>>

  constructor(rows: AsyncIterable<readonly [id: string, row: Row]>) {
    this.#rows = rows[Symbol.asyncIterator]()
    this.#next = this.#rows.next()
  }

  /** Whose rows come next. */
  async id(): Promise<string | undefined> {
    const next = await this.#next
    return next.done ? undefined : next.value[0]
  }

  /** All rows of this order, if it is the next. */
  async take(id: string): Promise<Row[]> {
    const taken: Row[] = []
    for (let next = await this.#next; !next.done && next.value[0] === id; next = await this.#next) {
      taken.push(next.value[1])
      this.#next = this.#rows.next()
    }
    return taken
  }
}

/** As PostgreSQL orders ids (`C`). */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

async function* recordsOf(snapshot: Snapshot): AsyncIterable<readonly [string, RecordRow]> {
  const sql = `select id, version, record as text from record_archive where kind = 'order' and (id, version) > ($1, $2)
    order by id, version limit ${PAGE}`
  yield* paged<RecordRow>(snapshot, sql, row => [row.id, row.version], ['', 0])
}

async function* eventsOf(snapshot: Snapshot): AsyncIterable<readonly [string, Event]> {
  const sql = `select order_id, version, event, status, ${isoSql('at')} as at, by_role, by_id, command_id, correlation_id from order_event
    where (order_id, version) > ($1, $2) order by order_id, version limit ${PAGE}`
  yield* paged<Event>(snapshot, sql, row => [row.order_id, row.version], ['', 0])
}

async function* viewsOf(snapshot: Snapshot): AsyncIterable<readonly [string, View]> {
  const sql = `select id, version, status, ended, open, paid, store_id, customer_id, customer_phone, rider_id, total, ${isoSql('placed_at')} as placed_at,
    ${isoSql('updated_at')} as updated_at, payment, refund, record from order_view where id > $1 order by id limit ${PAGE}`
  yield* paged<View>(snapshot, sql, row => [row.id], [''])
}

/** Page after page, each beginning behind the last row of the one before. @param keyOf the id first */
async function* paged<Row>(
  snapshot: Snapshot,
  sql: string,
  keyOf: (row: Row) => readonly [id: string, ...more: unknown[]],
  from: readonly unknown[],
): AsyncIterable<readonly [string, Row]> {
  for (let after = from; ; ) {
    const rows = (await snapshot.query(sql, after)).rows as unknown as readonly Row[]
    for (const row of rows) yield [keyOf(row)[0], row]
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = keyOf(last)
  }
}
