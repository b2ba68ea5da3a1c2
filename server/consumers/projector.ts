import { setTimeout as pause } from 'node:timers/promises'
import type { Followed, Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { type ArchiveRow, archiveRowOf } from '../db/archive-row.ts'
import type { StretchWriter } from '../db/stretch-writer.ts'

/** One transaction's worth: 1,000 messages take some 50 ms, far from the statement's limit of 5 s. */
const BATCH = 1_000

export interface ProjectorOptions<Row> {
  readonly log: Pick<Log, 'follow' | 'end'>
  /** Names the stream, and knows what the read model shows of its records. */
  readonly write: StretchWriter<Row>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly logger: ProjectorLogger
  /** Ends the projector, as `stop` does. */
  readonly signal?: AbortSignal
}

/** Pino's own, or whoever says it to a person. */
export interface ProjectorLogger {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface ProjectorPosition {
  /** `acting` writes; `standby` waits for the one who does; `starting` has not heard from PostgreSQL, or no longer does. */
  readonly phase: 'starting' | 'standby' | 'acting' | 'stopped'
  /** The last sequence whose rows are written, as far as this projector knows. */
  readonly seq: number
  /** How old the newest record was when its row was written. */
  readonly lagMs: number
  /** When the log took the last message that is written here, in ms since 1970; 0: none was. */
  readonly seenMs: number
  /** Records written. */
  readonly written: number
  /** Records passed over because nothing can read or store them. */
  readonly poisoned: number
}

/** A message and what is to be written of it: nothing, unless it is a record. */
interface Read<Row> {
  readonly message: Followed<ActorRecord>
  readonly rows: readonly Row[]
  readonly records: readonly ArchiveRow[]
  /** Counted as poison already. */
  readonly poison: boolean
}

/**
 * Writes the read model and the archive from one stream of the log.
 * P1. The position moves only together with the rows it stands for, so nothing is lost or skipped, whatever breaks when.
 * P2. One projector acts at a time; even two at once could only stop each other (see StretchWriter W2).
 * P3. A record that can never be read or stored is logged, counted and passed; one that cannot be stored now is waited for.
 * P4. While one batch is being written the next is read, and no more than that.
 */
export class Projector<Row> {
  readonly #options: ProjectorOptions<Row>
  readonly #stopping = new AbortController()
  readonly #ready = Promise.withResolvers<void>()
  readonly #running: Promise<void>
  #position: ProjectorPosition = { phase: 'starting', seq: 0, lagMs: 0, seenMs: 0, written: 0, poisoned: 0 }
  #failures = 0
  /** When nothing was left to write, as far as anybody asked. */
  #atEndMs: number

  constructor(options: ProjectorOptions<Row>) {
    this.#options = options
    this.#atEndMs = options.now()
    const { signal } = options
    const stopping = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal
    this.#running = this.#run(stopping)
  }

  get stream(): string {
    return this.#options.write.stream
  }

  /** Settles when it acts or stands by for the one who does. Stopped before that, it settles too. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  position(): ProjectorPosition {
    return this.#position
  }

  /**
   * How many messages are between the position and the log's end, and how long the oldest of them has waited at most: it is
   * younger than the last that was written, and than the last time when there was none. @throws when the log is away
   */
  async behind(): Promise<{ readonly messages: number; readonly ms: number }> {
    const nowMs = this.#options.now()
    const messages = Math.max(0, (await this.#options.log.end(this.stream)) - this.#position.seq)
    if (messages === 0) this.#atEndMs = nowMs
    const sinceMs = Math.max(this.#atEndMs, this.#position.seenMs)
    return { messages, ms: messages === 0 ? 0 : Math.max(0, nowMs - sinceMs) }
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
        this.#options.logger.warn(
          { err: error, stream: this.stream, seq: this.#position.seq },
          'the projector waits for PostgreSQL and the log',
        )
      }
      await pause(backoffMs(++this.#failures), undefined, { signal: stopping }).catch(() => undefined)
    }
    this.#note({ phase: 'stopped' })
    this.#ready.resolve()
  }

  /** From taking the turn to losing it. */
  async #act(stopping: AbortSignal): Promise<void> {
    const { log, write } = this.#options
    const turn = await write.takeTurn(stopping, () => this.#settle('standby'))
    const stuck = new AbortController()
    let writing: Promise<number | undefined> = Promise.resolve(undefined)
    try {
      const over = AbortSignal.any([stopping, turn.lost, stuck.signal])
      const start = await this.#begin()
      writing = Promise.resolve(start)
      this.#settle('acting')
      // All of the stream and not only its records: readers hold the position against the stream's end.
      for await (const messages of log.follow<ActorRecord>(this.stream, ['>'], start, over)) {
        for (let i = 0; i < messages.length && !over.aborted; i += BATCH) {
          const batch = messages.slice(i, i + BATCH).map(message => this.#read(message))
          const after = await writing
          if (after === undefined || over.aborted) return
          writing = this.#project(after, batch) // P4
          const stop = () => stuck.abort()
          writing.then(moved => moved === undefined && stop(), stop)
        }
      }
      await writing
    } finally {
      await writing.catch(() => undefined)
      await turn.release()
    }
  }

  async #begin(): Promise<number> {
    const { log, write, logger } = this.#options
    const seq = await write.position()
    const end = await log.end(this.stream)
    if (seq <= end) {
      this.#note({ seq })
      return seq
    }
    logger.error(
      { stream: this.stream, seq, end },
      'the log ends before the position of the read model: it is another log, and is read from its beginning',
    )
    await write.rewind()
    this.#note({ seq: 0 })
    return 0
  }

  #read(message: Followed<ActorRecord>): Read<Row> {
    if (!message.subject.startsWith('evt.')) return { message, rows: [], records: [], poison: false }
    let records: readonly ArchiveRow[] = []
    try {
      const record = archiveRowOf(this.stream, message)
      records = [record]
      return { message, rows: this.#options.write.rowsOf(message.body, record.kind), records, poison: false }
    } catch (error) {
      this.#poison(message, error instanceof Error ? error.message : String(error))
      return { message, rows: [], records, poison: true }
    }
  }

  /** @returns the new position, or undefined when somebody else moved it */
  async #project(after: number, batch: readonly Read<Row>[]): Promise<number | undefined> {
    const { write, logger, now } = this.#options
    const last = batch.at(-1)?.message
    const upTo = last?.seq ?? after
    const records = batch.flatMap(read => read.records)
    const written = await write.write({ after, upTo, rows: batch.flatMap(read => read.rows), records })
    switch (written.kind) {
      case 'written': {
        const newest = records.at(-1)
        this.#note({
          seq: upTo,
          written: this.#position.written + records.length,
          ...(last ? { seenMs: Date.parse(last.at) } : {}),
          ...(newest ? { lagMs: Math.max(0, now() - Date.parse(newest.at)) } : {}),
        })
        this.#failures = 0
        return upTo
      }
      case 'overtaken':
        logger.warn({ stream: this.stream, after, upTo }, 'somebody else has moved the position')
        return undefined
      case 'unstorable':
        return this.#projectApart(after, batch, written.reason)
    }
  }

  /** Halves a batch until the record at fault stands alone. The archive may still take what the read model cannot show. */
  async #projectApart(after: number, batch: readonly Read<Row>[], reason: string): Promise<number | undefined> {
    const [only] = batch
    if (only && batch.length === 1) {
      if (!only.poison) this.#poison(only.message, reason)
      return this.#project(after, [{ ...only, rows: [], records: only.rows.length > 0 ? only.records : [], poison: true }])
    }
    const half = Math.ceil(batch.length / 2)
    const middle = await this.#project(after, batch.slice(0, half))
    return middle === undefined ? undefined : this.#project(middle, batch.slice(half))
  }

  #poison({ subject, seq }: Followed<ActorRecord>, reason: string): void {
    this.#note({ poisoned: this.#position.poisoned + 1 }) // P3
    this.#options.logger.error({ subject, seq, reason }, 'a record that the read model cannot take')
  }

  #settle(phase: 'standby' | 'acting'): void {
    if (this.#position.phase !== phase)
      this.#options.logger.info({ stream: this.stream, phase, seq: this.#position.seq }, `the projector is ${phase}`)
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
export const startProjector = async <Row>(options: ProjectorOptions<Row>): Promise<Projector<Row>> => new Projector(options)
