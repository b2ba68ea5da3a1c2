import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { matches } from '../../actors/subjects.ts'
import { type OrderRows, rowsOf } from '../db/order-row.ts'
import type { OrderWriter } from '../db/write-orders.ts'

const STREAM = 'ORDERS'
const RECORDS = 'evt.order.>'
/** One transaction's worth: 500 rows take tens of milliseconds, far from the statement's limit of 5 s. */
const BATCH = 500

export interface ProjectorOptions {
  readonly log: Log
  readonly write: OrderWriter
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly logger: Logger
  /** Ends the projector, as `stop` does. */
  readonly signal?: AbortSignal
}

export interface ProjectorPosition {
  /** `acting` writes; `standby` waits for the one who does; `starting` has not heard from PostgreSQL, or no longer does. */
  readonly phase: 'starting' | 'standby' | 'acting' | 'stopped'
  /** The last sequence whose rows are written, as far as this projector knows. */
  readonly seq: number
  /** How old the newest record was when its row was written. */
  readonly lagMs: number
  /** Records passed over because nothing can read or store them. */
  readonly poisoned: number
}

/** A message and what is to be written of it: nothing, unless it is an order's record. */
interface Read {
  readonly subject: string
  readonly seq: number
  readonly rows: readonly OrderRows[]
}

/**
 * Writes the read model from the log.
 * P1. The position moves only together with the rows it stands for, so nothing is lost or skipped, whatever breaks when.
 * P2. One projector acts at a time; even two at once could only stop each other (see OrderWriter W2).
 * P3. A record that can never be read or stored is logged, counted and passed; one that cannot be stored now is waited for.
 */
export class Projector {
  readonly #options: ProjectorOptions
  readonly #stopping = new AbortController()
  readonly #ready = Promise.withResolvers<void>()
  readonly #running: Promise<void>
  #position: ProjectorPosition = { phase: 'starting', seq: 0, lagMs: 0, poisoned: 0 }
  #failures = 0

  constructor(options: ProjectorOptions) {
    this.#options = options
    const { signal } = options
    const stopping = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal
    this.#running = this.#run(stopping)
  }

  /** Settles when it acts or stands by for the one who does. Stopped before that, it settles too. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  position(): ProjectorPosition {
    return this.#position
  }

  /** Messages between the position and the log's end. */
  async lag(): Promise<number> {
    return Math.max(0, (await this.#options.log.end(STREAM)) - this.#position.seq)
  }

  /** Finishes the transaction in hand, then lets go. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        await this.#act(stopping)
      } catch (error) {
        if (stopping.aborted) break
        this.#note({ phase: 'starting' })
        this.#options.logger.warn({ err: error, seq: this.#position.seq }, 'the projector waits for PostgreSQL and the log')
      }
      await pause(backoffMs(++this.#failures), undefined, { signal: stopping }).catch(() => undefined)
    }
    this.#note({ phase: 'stopped' })
    this.#ready.resolve()
  }

  /** From taking the turn to losing it. */
  async #act(stopping: AbortSignal): Promise<void> {
    const { log, write } = this.#options
    const turn = await write.takeTurn(STREAM, stopping, () => this.#settle('standby'))
    try {
      const over = AbortSignal.any([stopping, turn.lost])
      let seq = await this.#begin()
      this.#settle('acting')
      // All of the stream and not only its records: readers hold the position against the stream's end.
      for await (const messages of log.follow<ActorRecord>(STREAM, ['>'], seq, over)) {
        for (let i = 0; i < messages.length && !over.aborted; i += BATCH) {
          const moved = await this.#project(
            seq,
            messages.slice(i, i + BATCH).map(message => this.#read(message)),
          )
          if (moved === undefined) return
          seq = moved
        }
        if (over.aborted) return
      }
    } finally {
      await turn.release()
    }
  }

  async #begin(): Promise<number> {
    const { log, write, logger } = this.#options
    const seq = await write.position(STREAM)
    const end = await log.end(STREAM)
    if (seq <= end) {
      this.#note({ seq })
      return seq
    }
    logger.error({ seq, end }, 'the log ends before the position of the read model: it is another log, and is read from its beginning')
    await write.rewind(STREAM)
    this.#note({ seq: 0 })
    return 0
  }

  #read({ subject, seq, body }: Stored<ActorRecord>): Read {
    try {
      return { subject, seq, rows: matches(RECORDS, subject) ? [rowsOf(body)] : [] }
    } catch (error) {
      this.#poison({ subject, seq }, error instanceof Error ? error.message : String(error))
      return { subject, seq, rows: [] }
    }
  }

  /** @returns the new position, or undefined when somebody else moved it */
  async #project(after: number, batch: readonly Read[]): Promise<number | undefined> {
    const { write, logger, now } = this.#options
    const upTo = batch.at(-1)?.seq ?? after
    const rows = batch.flatMap(read => read.rows)
    const written = await write.write({ stream: STREAM, after, upTo, rows })
    switch (written.kind) {
      case 'written': {
        const newest = rows.at(-1)
        this.#note({ seq: upTo, ...(newest ? { lagMs: Math.max(0, now() - Date.parse(newest.event.at)) } : {}) })
        this.#failures = 0
        return upTo
      }
      case 'overtaken':
        logger.warn({ after, upTo }, 'another projector has moved the position')
        return undefined
      case 'unstorable':
        return this.#projectApart(after, batch, written.reason)
    }
  }

  /** Halves a batch until the row at fault stands alone. */
  async #projectApart(after: number, batch: readonly Read[], reason: string): Promise<number | undefined> {
    const [only] = batch
    if (only && batch.length === 1) {
      this.#poison(only, reason)
      return this.#project(after, [{ ...only, rows: [] }])
    }
    const half = Math.ceil(batch.length / 2)
    const middle = await this.#project(after, batch.slice(0, half))
    return middle === undefined ? undefined : this.#project(middle, batch.slice(half))
  }

  #poison({ subject, seq }: Pick<Read, 'subject' | 'seq'>, reason: string): void {
    this.#note({ poisoned: this.#position.poisoned + 1 }) // P3
    this.#options.logger.error({ subject, seq, reason }, 'a record that the read model cannot take')
  }

  #settle(phase: 'standby' | 'acting'): void {
    if (this.#position.phase !== phase) this.#options.logger.info({ phase, seq: this.#position.seq }, `the projector is ${phase}`)
    this.#note({ phase })
    this.#ready.resolve()
  }

  #note(changed: Partial<ProjectorPosition>): void {
    this.#position = { ...this.#position, ...changed }
  }
}

/** 0.2, 0.4 … 5 s. Only one projector acts, so there is no crowd for chance to spread. */
const backoffMs = (failures: number): number => Math.min(5_000, 100 * 2 ** failures)

/** Begins at once and keeps at it until stopped: it needs neither PostgreSQL nor the log to be there yet. */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => new Projector(options)
