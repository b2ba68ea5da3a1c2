import { setTimeout as pause } from 'node:timers/promises'
import type { Appended, Entry, Log } from './log.ts'

/**
 * `together`: entries that went in one append. `conflict`: somebody else wrote this actor. `unknown`: reload and see. `full`: too many wait already; nothing was tried.
 */
export type Committed =
  | { readonly kind: 'appended'; readonly seq: number; readonly together: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'full' }

export interface CommitterOptions {
  /** Entries that may wait, default 10,000: about 1 s of work at the rate of two cores, and some 30 MB. */
  readonly capacity?: number
  /** From the beginning of a small batch to the next, at most, default 70 ms; the less the more it holds, nothing from 64 entries on. */
  readonly paceMs?: number
  /** Milliseconds of any clock. */
  readonly now: () => number
  /** Hears of each batch that the log has answered: how many entries it had, and what it took. */
  readonly onWritten?: (entries: number, tookMs: number) => void
}

/** JetStream takes at most 1,000 messages in an atomic batch. */
const BATCH_MESSAGES = 1_000
/** Up to here records that go alone are quicker side by side than in one batch: 8 take 2.5 ms, a batch 3.5 ms, fsync on. */
const FEW = 8
/**
 * A server without replicas stages every batch in a directory of its own, synced file by file: 3.7 ms of its CPU whatever is in it, and 0.07 ms
 * more for each entry. Begun as fast as they end, batches of a few entries would take a whole core: the trade's lifecycles came to 30 a second
 * with 15 ms from one to the next, to 31-37 with 40 ms or more, and every process spent less on each. A batch that is well filled needs no pause.
 */
const PACE_MS = 70
const WELL_FILLED = 64
/** A busy server is given more time, and an idle one little: the pace is so many times what the last batch took. */
const TIMES = 4

interface Waiting {
  readonly entry: Entry
  readonly done: (committed: Committed) => void
}

/**
 * Group commit, one for each stream: one append in flight; whatever waits meanwhile goes together as one atomic batch. A
 * second batch in flight brings nothing, the server takes them one after the other: 16.6 k records/s with one of 256, 18.8 k
 * with two and twice the latency. A transition with messages of its own is a batch even alone, so it waits for the others.
 * C1. Every entry gets exactly one answer. C2. One entry's failure never fails another: a batch that is refused is
 * halved until the one is alone. C3. Entries of one batch are of different actors (their mailboxes run one at a time).
 * C4. Never more than `capacity` wait. C5. Small batches begin at a pace; one that nobody joined lets the next begin at once.
 */
export class Committer {
  readonly #log: Pick<Log, 'append'>
  readonly #capacity: number
  readonly #paceMs: number
  readonly #now: () => number
  readonly #onWritten: CommitterOptions['onWritten']
  #waiting: Waiting[] = []
  #flushing = false

  constructor(log: Pick<Log, 'append'>, { capacity = 10_000, paceMs = PACE_MS, now, onWritten }: CommitterOptions) {
    this.#log = log
    this.#paceMs = paceMs
    this.#now = now
    this.#onWritten = onWritten
    this.#capacity = capacity
  }

  /** Entries that are not on their way yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  commit(entry: Entry): Promise<Committed> {
    if (this.#waiting.length >= this.#capacity) return Promise.resolve({ kind: 'full' }) // C4
    return new Promise(done => {
      this.#waiting.push({ entry, done })
      if (!this.#flushing) void this.#flush()
    })
  }

  async #flush(): Promise<void> {
    this.#flushing = true
    while (this.#waiting.length > 0) {
      // One turn of the event loop lets commands that arrived together go together.
      await new Promise<void>(resolve => setImmediate(resolve))
      const batch = this.#take()
      const startedMs = this.#now()
      await this.#write(batch)
      const tookMs = this.#now() - startedMs
      this.#onWritten?.(batch.length, tookMs)
      if (!goAlone(batch)) await this.#gather(batch.length, tookMs)
    }
    this.#flushing = false
  }

  /** C5 */
  async #gather(entries: number, tookMs: number): Promise<void> {
    const paceMs = Math.min(this.#paceMs, TIMES * tookMs) * Math.max(0, 1 - entries / WELL_FILLED)
    if (paceMs > tookMs) await pause(paceMs - tookMs)
  }

  #take(): Waiting[] {
    let messages = 0
    let count = 0
    for (const { entry } of this.#waiting) {
      messages += 1 + entry.messages.length
      if (count > 0 && messages > BATCH_MESSAGES) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    if (goAlone(batch)) await Promise.all(batch.map(waiting => this.#writeAlone(waiting)))
    else await this.#writeTogether(batch)
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    const appended = await this.#append(batch)
    if (appended.kind === 'conflict' || appended.kind === 'rejected') {
      const half = Math.ceil(batch.length / 2)
      await this.#write(batch.slice(0, half)) // C2
      await this.#write(batch.slice(half))
      return
    }
    for (const [i, { done }] of batch.entries()) done(committedOf(appended, i, batch.length))
  }

  async #writeAlone(waiting: Waiting): Promise<void> {
    waiting.done(committedOf(await this.#append([waiting]), 0, 1))
  }

  async #append(batch: readonly Waiting[]): Promise<Appended> {
    try {
      return await this.#log.append(batch.map(({ entry }) => entry))
    } catch (error) {
      return { kind: 'rejected', message: error instanceof Error ? error.message : String(error) } // C1
    }
  }
}

/** One, or nothing but a few records, each a message of its own. */
const goAlone = (batch: readonly Waiting[]): boolean =>
  batch.length <= 1 || (batch.length <= FEW && batch.every(({ entry }) => entry.messages.every(({ kind }) => kind === 'cancel')))

const committedOf = (appended: Appended, i: number, together: number): Committed => {
  switch (appended.kind) {
    case 'appended':
      return { kind: 'appended', seq: appended.seqs[i] ?? 0, together }
    case 'conflict':
      return appended
    case 'rejected':
    case 'unknown':
      return { kind: 'unknown', message: appended.message }
  }
}
