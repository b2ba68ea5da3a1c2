import type { MikroORM } from '@mikro-orm/postgresql'
import type { ActorRecord } from '../../actors/record.ts'
import { ArchiveDays } from './archive-days.ts'
import type { ArchiveRow } from './archive-row.ts'
import { type NativePool, nativePool } from './native-pool.ts'
import { RowSet } from './row-set.ts'
import type { Stretch, Written } from './stretch.ts'
import { type Turn, takeTurn } from './turn.ts'

const ARCHIVE = new RowSet<ArchiveRow>({
  kind: 'text',
  id: 'text',
  version: 'integer',
  day: 'date',
  stream: 'text',
  seq: 'bigint',
  subject: 'text',
  at: 'timestamptz',
  record: 'text',
})

/** Common table expressions that write `Row`s of one read model; each does nothing unless `moved` holds a row. */
export interface Part<Row> {
  /** Of the parameters `$<first>` and those after it. */
  sql(first: number): string
  params(rows: readonly Row[]): unknown[]
}

export interface WriterOptions {
  /** Whether records go into the archive, too. Default true. */
  readonly archives?: boolean
  /** Whose turn it takes, default `projector`: one of each may write at a time. */
  readonly turn?: string
}

/** `insert into … select … from <set>`, in vain when the position has not moved. */
export const insertOf = <Row extends object>(table: string, set: RowSet<Row>, first: number): string =>
  `insert into ${table} (${set.columns.join(', ')}) select ${set.columns.join(', ')} from ${set.from(first)} where exists (select from moved)`

/**
 * Writes a read model and the archive from one stream.
 * W1. Rows, archive and position commit together: after a crash at any instant the position says exactly what is in them.
 * W2. A stretch is written only onto the position it was read after, so it is never written twice, and none is left out.
 * W3. Nothing ever goes back to an older version.
 * W4. A record is archived once and never changed: a repeat finds it there.
 */
export abstract class StretchWriter<Row> {
  /** The stream it is written from. */
  readonly stream: string
  readonly #orm: MikroORM
  readonly #days = new ArchiveDays()
  readonly #sql: string
  readonly #part: Part<Row>
  readonly #archives: boolean
  readonly #turn: string
  #pool: NativePool | undefined

  /**
   * One statement, and so one transaction, in one round trip. It is not made of several on purpose: a connection that breaks
   * within a transaction is never given back to the pool (Kysely 0.29 releases it only after a rollback that worked), and a
   * projector must outlive any number of them.
   */
  protected constructor(orm: MikroORM, stream: string, part: Part<Row>, { archives = true, turn = 'projector' }: WriterOptions) {
    this.#orm = orm
    this.#archives = archives
    this.#turn = turn
    this.stream = stream
    this.#part = part
    this.#sql = `
      with moved as (update position set seq = $1 where stream = $2 and seq = $3 returning seq),
      ${archives ? `archived as (${insertOf('record_archive', ARCHIVE, 4)} on conflict do nothing),` : ''}
      ${part.sql(archives ? 4 + ARCHIVE.size : 4)}
      select seq from moved`
  }

  /** What the read model shows of a record; nothing of an actor it does not show. @throws Error naming what is wrong with it */
  abstract rowsOf(record: ActorRecord, kind: string): readonly Row[]

  /** Waits until nobody else writes. @see takeTurn */
  takeTurn(signal: AbortSignal, onWait: () => void): Promise<Turn> {
    return takeTurn(this.#orm, `${this.#turn} ${this.stream}`, signal, onWait)
  }

  /** The last sequence whose rows are written; 0 at the very beginning. */
  async position(): Promise<number> {
    const em = this.#orm.em.fork()
    await em.execute('insert into position (stream, seq) values (?, 0) on conflict do nothing', [this.stream])
    const [row] = await em.execute<{ seq: string }[]>('select seq from position where stream = ?', [this.stream])
    return Number(row?.seq ?? 0)
  }

  /** Starts over: what is there already is guarded by its version (W3, W4), so reading a stream twice is harmless. */
  async rewind(): Promise<void> {
    await this.#orm.em.fork().execute('update position set seq = 0 where stream = ?', [this.stream])
  }

  /** @throws when PostgreSQL is away or too slow: nothing was written, or the answer was lost and W2 will tell */
  async write({ after, upTo, rows, records }: Stretch<Row>): Promise<Written> {
    this.#pool ??= await nativePool(this.#orm)
    try {
      const archived = this.#archives ? records : []
      const params = [upTo, this.stream, after, ...(this.#archives ? ARCHIVE.params(archived) : []), ...this.#part.params(rows)]
      await this.#days.make(
        this.#pool,
        archived.map(({ day }) => day),
      )
      const { rows: moved } = await this.#pool.query(this.#sql, params)
      return { kind: moved.length === 1 ? 'written' : 'overtaken' }
    } catch (error) {
      this.#days.forget()
      const reason = dataError(error)
      if (reason === undefined) throw error
      return { kind: 'unstorable', reason }
    }
  }
}

/**
 * SQLSTATE classes 22 (data exception), 23 (integrity) and 54 (limits of the program): the rows are at fault, not the moment. But for
 * 23514: here that is a day whose partition somebody has dropped, and the next try makes it again.
 */
const dataError = (error: unknown): string | undefined => {
  if (error instanceof RangeError) return error.message // a number that fits no column
  return error instanceof Error && 'code' in error && /^(22|23(?!514)|54)/.test(String(error.code)) ? error.message : undefined
}
