import type { MikroORM } from '@mikro-orm/postgresql'
import type { OrderRows } from './order-row.ts'
import { storableJson } from './storable-json.ts'
import { type Turn, takeTurn } from './turn.ts'

/** A stretch of a stream: what was read of it after one position, up to and including another. */
export interface Stretch {
  readonly stream: string
  readonly after: number
  readonly upTo: number
  readonly rows: readonly OrderRows[]
}

/**
 * `overtaken`: another projector has moved the position meanwhile; nothing was written. `unstorable`: PostgreSQL will never
 * take one of these rows, however often it is asked.
 */
export type Written = { readonly kind: 'written' | 'overtaken' } | { readonly kind: 'unstorable'; readonly reason: string }

const VIEW_COLUMNS = {
  id: 'text',
  version: 'integer',
  status: 'text',
  open: 'boolean',
  paid: 'boolean',
  store_id: 'text',
  customer_id: 'text',
  customer_phone: 'text',
  rider_id: 'text',
  total: 'integer',
  placed_at: 'timestamptz',
  updated_at: 'timestamptz',
  payment: 'text',
  refund: 'text',
  record: 'jsonb',
} satisfies Record<keyof OrderRows['view'], string>

const EVENT_COLUMNS = {
  order_id: 'text',
  version: 'integer',
  event: 'text',
  status: 'text',
  at: 'timestamptz',
  by_role: 'text',
  by_id: 'text',
  command_id: 'text',
} satisfies Record<keyof OrderRows['event'], string>

/** Rows go as one JSON text: the statement stays the same for any number of them. */
const insert = (table: string, columns: Readonly<Record<string, string>>): string => {
  const names = Object.keys(columns).join(', ')
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return `insert into ${table} (${names}) select ${names} from json_to_recordset(?::json) as row (${typed.join(', ')})
    where exists (select from moved)`
}

const NEWER = Object.keys(VIEW_COLUMNS)
  .filter(name => name !== 'id')
  .map(name => `${name} = excluded.${name}`)

/**
 * One statement, and so one transaction, in one round trip. It is not made of several on purpose: a connection that breaks
 * within a transaction is never given back to the pool (Kysely 0.29 releases it only after a rollback that worked), and a
 * projector must outlive any number of them.
 */
const WRITE = `
  with moved as (update position set seq = ? where stream = ? and seq = ? returning seq),
  views as (${insert('order_view', VIEW_COLUMNS)}
    on conflict (id) do update set ${NEWER.join(', ')} where order_view.version < excluded.version),
  events as (${insert('order_event', EVENT_COLUMNS)} on conflict do nothing)
  select seq from moved`

/**
 * Writes the read model of orders.
 * W1. Rows and position commit together: after a crash at any instant the position says exactly what is in the rows.
 * W2. A stretch is written only onto the position it was read after, so it is never written twice, and none is left out.
 * W3. An order never goes back to an older version.
 */
export class OrderWriter {
  readonly #orm: MikroORM

  constructor(orm: MikroORM) {
    this.#orm = orm
  }

  /** Waits until nobody else writes. @see takeTurn */
  takeTurn(stream: string, signal: AbortSignal, onWait: () => void): Promise<Turn> {
    return takeTurn(this.#orm, `projector ${stream}`, signal, onWait)
  }

  /** The last sequence whose rows are written; 0 at the very beginning. */
  async position(stream: string): Promise<number> {
    const em = this.#orm.em.fork()
    await em.execute('insert into position (stream, seq) values (?, 0) on conflict do nothing', [stream])
    const [row] = await em.execute<{ seq: string }[]>('select seq from position where stream = ?', [stream])
    return Number(row?.seq ?? 0)
  }

  /** Starts over: what is there already is guarded by its version (W3), so reading a stream twice is harmless. */
  async rewind(stream: string): Promise<void> {
    await this.#orm.em.fork().execute('update position set seq = 0 where stream = ?', [stream])
  }

  /** @throws when PostgreSQL is away or too slow: nothing was written, or the answer was lost and W2 will tell */
  async write({ stream, after, upTo, rows }: Stretch): Promise<Written> {
    const views = storableJson(newestOfEach(rows))
    const events = storableJson(rows.map(({ event }) => event))
    try {
      const moved = await this.#orm.em.fork().execute(WRITE, [upTo, stream, after, views, events])
      return { kind: moved.length === 1 ? 'written' : 'overtaken' }
    } catch (error) {
      const reason = dataError(error)
      if (reason === undefined) throw error
      return { kind: 'unstorable', reason }
    }
  }
}

/** One statement may touch a row only once. */
const newestOfEach = (rows: readonly OrderRows[]): OrderRows['view'][] => {
  const newest = new Map<string, OrderRows['view']>()
  for (const { view } of rows) {
    if (view.version > (newest.get(view.id)?.version ?? 0)) newest.set(view.id, view)
  }
  return [...newest.values()]
}

/** SQLSTATE classes 22 (data exception) and 23 (integrity): the rows are at fault, not the moment. */
const dataError = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code)) ? error.message : undefined
