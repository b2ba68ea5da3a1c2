export interface FailureLimit {
  readonly allowed: number
  /** From the first of them, ms. */
  readonly windowMs: number
}

/** Names remembered at once; beyond it the oldest is forgotten. */
const REMEMBERED = 20_000

/** What failed lately, counted by name. */
export class Failures {
  readonly #limit: FailureLimit
  readonly #now: () => number
  readonly #counts = new Map<string, { count: number; readonly sinceMs: number }>()

  constructor(limit: FailureLimit, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Until the name may try again; 0: now. */
  waitMs(name: string): number {
    const failed = this.#counts.get(name)
    if (!failed || failed.count < this.#limit.allowed) return 0
    return Math.max(0, failed.sinceMs + this.#limit.windowMs - this.#now())
  }

  add(name: string): void {
    const known = this.#counts.get(name)
    if (known && known.sinceMs + this.#limit.windowMs > this.#now()) {
      known.count++
      return
    }
    this.#counts.delete(name)
    this.#counts.set(name, { count: 1, sinceMs: this.#now() })
    const [oldest] = this.#counts.keys()
    if (this.#counts.size > REMEMBERED && oldest !== undefined) this.#counts.delete(oldest)
  }
}
