import type { Alarm, Clock } from '../../actors/clock.ts'

export interface LatestWritesOptions<T> {
  readonly clock: Clock
  /** One key is written at most once in this time, in milliseconds. */
  readonly everyMs: number
  /** Writes one value. A rejected one is tried again with the next round, unless there is a newer one by then. */
  readonly write: (key: string, value: T) => Promise<void>
}

/** Writes in the air at once: enough to hide the way to the server, few enough that a round of thousands lets others in between. */
const MOST_IN_HAND = 64

/**
 * Writes the newest value of each key, behind its callers.
 * L1. What is written is the newest there was at that moment; older ones are passed over.
 * L2. The last value of a key is written, at once or with the end of the round; `flush` does not wait for it.
 * L3. In a round of `everyMs` a key is written once, and never twice at the same time: an older value cannot arrive after a newer one.
 */
export class LatestWrites<T> {
  readonly #options: LatestWritesOptions<T>
  /** To be written as soon as a hand is free, in order of arrival. */
  readonly #due = new Map<string, T>()
  /** Written in this round already: to be written in the next one. */
  readonly #later = new Map<string, T>()
  readonly #written = new Set<string>()
  readonly #inHand = new Map<string, Promise<void>>()
  #round: Alarm | undefined

  constructor(options: LatestWritesOptions<T>) {
    this.#options = options
  }

  put(key: string, value: T): void {
    if (this.#written.has(key) && !this.#due.has(key))
      this.#later.set(key, value) // L3
    else this.#take(key, value)
    this.#round ??= this.#options.clock.after(this.#options.everyMs, () => this.#nextRound())
  }

  /** Settled when everything has been written, or tried once more. */
  async flush(): Promise<void> {
    this.#nextRound()
    while (this.#inHand.size > 0) await Promise.all(this.#inHand.values())
    this.#round?.cancel()
    this.#round = undefined
  }

  #take(key: string, value: T): void {
    this.#due.set(key, value) // L1
    this.#written.add(key)
    this.#work()
  }

  #nextRound(): void {
    const { clock, everyMs } = this.#options
    this.#round?.cancel()
    this.#round = undefined
    this.#written.clear()
    const waiting = [...this.#later]
    this.#later.clear()
    for (const [key, value] of waiting) this.#take(key, value) // L2
    if (waiting.length > 0) this.#round = clock.after(everyMs, () => this.#nextRound())
  }

  #work(): void {
    for (const [key, value] of this.#due) {
      if (this.#inHand.size >= MOST_IN_HAND) return
      if (this.#inHand.has(key)) continue // L3
      this.#due.delete(key)
      const writing = this.#options.write(key, value).catch(() => this.#again(key, value))
      this.#inHand.set(
        key,
        writing.then(() => {
          this.#inHand.delete(key)
          this.#work()
        }),
      )
    }
  }

  #again(key: string, value: T): void {
    if (this.#due.has(key) || this.#later.has(key)) return // L1
    this.#later.set(key, value)
    this.#round ??= this.#options.clock.after(this.#options.everyMs, () => this.#nextRound())
  }
}
