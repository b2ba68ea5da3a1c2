import type { Followed, Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { readArchive } from './archived.ts'
import type { NativePool } from './native-pool.ts'

/** Records in one page of the archive. */
const PAGE = 1_000

export interface WholeLogOptions {
  readonly log: Log
  readonly pool: NativePool
  readonly stream: string
  /** Kinds of actors that are read from the archive. */
  readonly kinds: readonly string[]
}

/**
 * One stream from its first day: what the log no longer holds from the archive, then the log, told as one log with sequences of its
 * own. The archive's come first, so a sequence of the log is `before` more here.
 * A1. Everything that the log holds is told from the log; the archive fills in what it has lost, be it in its midst.
 * A2. A record of an earlier log, one that was lost whole, comes before the log as well, whatever its sequence was.
 */
export class WholeLog implements Pick<Log, 'follow' | 'end'> {
  /** The last sequence of what comes from the archive alone; 0: nothing does. */
  readonly before: number
  readonly #options: WholeLogOptions
  /** When the log began to hold what it holds, ISO 8601 UTC. */
  readonly #since: string
  readonly #first: number
  /** The log's end at the opening: nothing of this log can be archived beyond it, unless it has come since. */
  readonly #end: number

  private constructor(options: WholeLogOptions, first: number, since: string, end: number, before: number) {
    this.#options = options
    this.#first = first
    this.#since = since
    this.#end = end
    this.before = before
  }

  static async open(options: WholeLogOptions): Promise<WholeLog> {
    const { log, pool, stream, kinds } = options
    const [first, end] = [await log.first(stream), await log.end(stream)]
    const since = await beginningOf(log, stream, first, end)
    const { rows } = await pool.query(`select coalesce(max(seq), 0) as before from record_archive where ${OLDER}`, [
      stream,
      kinds,
      first,
      since,
      end,
    ])
    return new WholeLog(options, first, since, end, Number(rows[0]?.before))
  }

  /** The sequence in the log itself of one told here; 0: it comes before. */
  placeOf(seq: number): number {
    return Math.max(0, seq - this.before)
  }

  async end(): Promise<number> {
    return this.before + (await this.#options.log.end(this.#options.stream))
  }

  async *follow<T>(
    stream: string,
    subjects: readonly string[],
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncIterable<readonly Followed<T>[]> {
    yield* this.#archived<T>(afterSeq, signal)
    let position = this.placeOf(afterSeq)
    for await (const batch of this.#options.log.follow<T>(stream, subjects, position, signal)) {
      const last = batch.at(-1)?.seq ?? position
      const lost = await this.#lostBetween(position, last, batch)
      position = last
      yield [
        ...batch.map(message => told(message, message.seq + this.before)),
        ...lost.map(record => record.movedTo(last + this.before) as Followed<unknown> as Followed<T>),
      ]
    }
  }

  async *#archived<T>(afterSeq: number, signal: AbortSignal): AsyncIterable<readonly Followed<T>[]> {
    const { pool, stream, kinds } = this.#options
    for (let after = afterSeq; after < this.before && !signal.aborted; ) {
      // Two logs may have given the same sequence: they are not parted by the end of a page.
      const page = await readArchive(pool, `where ${OLDER} and seq > $6 order by seq fetch first ${PAGE} rows with ties`, [
        stream,
        kinds,
        this.#first,
        this.#since,
        this.#end,
        after,
      ])
      if (page.length === 0) return
      yield page as readonly Followed<unknown>[] as readonly Followed<T>[]
      after = page.at(-1)?.seq ?? this.before
    }
  }

  /** What is archived of a stretch of this very log and not in it any more. */
  async #lostBetween(after: number, upTo: number, there: readonly Followed<unknown>[]) {
    const { pool, stream, kinds } = this.#options
    const where = `where stream = $1 and kind = any($2) and at >= $3 and seq > $4 and seq <= $5 and not (seq = any($6)) order by seq`
    const seqs = there.filter(({ subject }) => subject.startsWith('evt.')).map(({ seq }) => seq)
    return readArchive(pool, where, [stream, kinds, this.#since, after, upTo, seqs])
  }
}

/** `$1` stream, `$2` kinds, `$3` the first that the log holds, `$4` its instant, `$5` the log's end. */
const OLDER = 'stream = $1 and kind = any($2) and (seq < $3 or at < $4 or seq > $5)'

/** The instant of a stream's oldest message; of an empty one, the end of days. */
const beginningOf = async (log: Log, stream: string, first: number, end: number): Promise<string> => {
  for await (const [oldest] of log.between<ActorRecord>(stream, '>', first - 1, end)) if (oldest) return oldest.at
  return 'infinity'
}

const told = <T>(message: Followed<T>, seq: number): Followed<T> => ({
  subject: message.subject,
  seq,
  get at() {
    return message.at
  },
  get text() {
    return message.text
  },
  get body() {
    return message.body
  },
})
