import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export interface PaceOptions {
  /** Calls begun in any one second of the limiter's, 1…10,000. */
  readonly ratePerS: number
  /** 0…1 */
  readonly random: () => number
}

/** Nobody is sent away for longer: what he waits for may have become quicker. */
const LONGEST_MS = 60_000

/**
 * Keeps to the rate that the provider allows. Of each notifier process: several share the provider's allowance by configuration.
 * P1. Who comes too early is told when to come again, and is not kept: a hand that waits is a hand that is missing.
 * P2. Those who wait come back spread over the time that it takes to serve them all, not together at the next second.
 */
export class Pace {
  readonly #limiter: RateLimiterMemory
  readonly #options: PaceOptions
  #fullUntilMs = 0

  constructor(options: PaceOptions) {
    this.#options = options
    this.#limiter = new RateLimiterMemory({ points: options.ratePerS, duration: 1 })
  }

  /** Whether it is of any use to try. @param waiting how many wait already @returns 0, or when to come again, ms */
  look(waiting: number): number {
    const leftMs = this.#fullUntilMs - Date.now()
    return leftMs > 0 ? this.spread(leftMs, waiting) : 0
  }

  /** 0: go now. Otherwise come again after so many milliseconds. */
  async enter(waiting: number): Promise<number> {
    try {
      await this.#limiter.consume('provider')
      return 0
    } catch (full) {
      if (!(full instanceof RateLimiterRes)) throw full
      this.#fullUntilMs = Date.now() + full.msBeforeNext // the limiter's own clock
      return this.spread(full.msBeforeNext, waiting)
    }
  }

  /** When to come again, for one of so many who cannot go before `leftMs` from now. P2 */
  spread(leftMs: number, waiting: number): number {
    const { ratePerS, random } = this.#options
    return Math.ceil(Math.min(LONGEST_MS, leftMs + (random() * waiting * 1_000) / ratePerS))
  }
}
