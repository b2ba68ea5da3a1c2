/** First rest after a silence, doubled with each further one up to a minute. */
const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/**
 * Leaves a silent provider in peace. R1. While it rests nobody goes. R2. Afterwards one goes ahead, the others follow when
 * that one was answered: a hanging provider costs one call a minute, not one for each message.
 */
export class Rest {
  readonly #now: () => number
  #silences = 0
  #untilMs = 0
  #ahead = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** Whether it is of any use to try now: 0, or when to come back, ms. Nobody has gone in by that. */
  look(): number {
    const leftMs = this.#untilMs - this.#now()
    if (leftMs > 0) return leftMs // R1
    return this.#silences > 0 && this.#ahead ? FIRST_MS : 0 // R2
  }

  /** 0: go, and report how it went: `answered`, `silent` or `leave`. Otherwise come back after so many milliseconds. */
  enter(): number {
    const waitMs = this.look()
    if (waitMs === 0 && this.#silences > 0) this.#ahead = true
    return waitMs
  }

  /** It went in and had nothing to ask after all. */
  leave(): void {
    this.#ahead = false
  }

  answered(): void {
    this.#silences = 0
    this.#ahead = false
  }

  silent(): void {
    this.#ahead = false
    if (this.#untilMs > this.#now()) return // several were under way; it is one silence
    this.#untilMs = this.#now() + Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#silences)
    this.#silences++
  }
}
