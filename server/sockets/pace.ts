import type { Clock } from '../../actors/clock.ts'

export interface PaceOptions {
  readonly clock: Clock
  /** How late the event loop is, ms. */
  readonly delayMs: () => number
  /** That may wait; who comes then is to come again. Default 20,000. */
  readonly most?: number
}

const TICK_MS = 4
/** By second: to begin with, and the bounds. A connection costs some 0.8 ms of a core from its first byte to its `sync`. */
const RATE = { first: 800, least: 100, most: 4_000 } as const
/** So many who come after a calm moment do not wait at all. */
const BURST = 50
/** Later than this the rate falls, by so much at each tick; below it rises again. */
const LATE_MS = 8
const FALL = 0.93
const RISE = 1.02

interface Waiting {
  readonly isGone: () => boolean
  readonly enter: () => void
}

/**
 * Connections are let in at a bounded rate, which falls while the event loop is late: orders go through the same process, and ten thousand who
 * come back at once made an order take 2.8 s in place of 30 ms.
 * P1. In the order of coming. P2. Who has gone meanwhile takes no turn.
 */
export class Pace {
  readonly #options: PaceOptions
  readonly #most: number
  #waiting: Waiting[] = []
  #rate: number = RATE.first
  #due: number = BURST
  #sinceMs: number
  #ticking = false

  constructor(options: PaceOptions) {
    this.#options = options
    this.#most = options.most ?? 20_000
    this.#sinceMs = options.clock.now()
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Calls when it is his turn. @returns false when too many wait already */
  enter(isGone: () => boolean, enter: () => void): boolean {
    if (this.#waiting.length >= this.#most) return false
    this.#waiting.push({ isGone, enter })
    if (!this.#ticking) this.#turn()
    return true
  }

  #turn(): void {
    const { clock, delayMs } = this.#options
    const nowMs = clock.now()
    const late = delayMs() > LATE_MS
    if (this.#ticking) this.#rate = Math.min(RATE.most, Math.max(RATE.least, this.#rate * (late ? FALL : RISE)))
    this.#due = Math.min(BURST, this.#due + ((nowMs - this.#sinceMs) * this.#rate) / 1_000)
    this.#sinceMs = nowMs
    let at = 0
    for (; at < this.#waiting.length && this.#due >= 1; at++) {
      const next = this.#waiting[at] // P1
      if (!next || next.isGone()) continue // P2
      this.#due--
      next.enter()
    }
    this.#waiting = this.#waiting.slice(at)
    this.#ticking = this.#waiting.length > 0
    if (this.#ticking) clock.after(TICK_MS, () => this.#turn())
  }
}
