export interface LimiterBounds {
  /** Calls at once, 1…1,000. */
  readonly least: number
  readonly most: number
  readonly first: number
}

/** A measurement: as long as a call takes, but no shorter than this, and of so many calls at least. */
const SAMPLE_MS = 100
const SAMPLE_CALLS = 5
/** The share of its places that must be taken before a limit means anything. */
const USED = 0.8
/** Upwards by a tenth at most in each measurement, so that a provider never sees much more than it can do. */
const STEP = 1.1
const LEAST_STEP = 0.5
/** The room for a queue at the provider, as a share of the limit: without any, a limit that is too low is never found out. */
const HEADROOM = 0.05
/** Latencies differ by so much for reasons of this machine's own, a busy event loop above all. */
const NOISE_MS = 50
/** By how much the fastest that was seen is forgotten at each measurement, a thousandth a second: half a minute of overload moves it by 3 %. */
const FORGET = 1.0001

/**
 * How many calls at once a provider can do, found out by what they take (gradient of latency, after Netflix's concurrency-limits):
 *   limit' = limit × (fastest + noise) / (now + noise) + headroom
 * Up to its capacity a provider takes as long as ever, and the limit grows by the headroom; beyond it, calls take longer in
 * proportion, and the limit falls back. It settles between the capacity and a tenth above it.
 */
export class Limiter {
  readonly #bounds: LimiterBounds
  #limit: number
  #fastestMs = Number.POSITIVE_INFINITY
  #sumMs = 0
  #calls = 0
  #mostInFlight = 0
  #sinceMs = Number.NEGATIVE_INFINITY

  constructor(bounds: LimiterBounds) {
    this.#bounds = bounds
    this.#limit = bounds.first
  }

  get limit(): number {
    return Math.max(this.#bounds.least, Math.min(this.#bounds.most, Math.round(this.#limit)))
  }

  /** What a call takes when the provider is not busy; undefined before the first measurement. */
  get usualMs(): number | undefined {
    return Number.isFinite(this.#fastestMs) ? this.#fastestMs : undefined
  }

  /** A call has ended well. @param ms that it took @param inFlight with it @param nowMs any clock that only goes forward */
  took(ms: number, inFlight: number, nowMs: number): void {
    if (this.#calls === 0) this.#sinceMs = nowMs
    this.#sumMs += ms
    this.#calls++
    this.#mostInFlight = Math.max(this.#mostInFlight, inFlight)
    if (this.#calls < SAMPLE_CALLS || nowMs - this.#sinceMs < Math.max(SAMPLE_MS, ms)) return
    this.#measure(Math.max(1, this.#sumMs / this.#calls))
    this.#sumMs = 0
    this.#calls = 0
    this.#mostInFlight = 0
  }

  #measure(meanMs: number): void {
    // With the fewest calls at once there is no queue of our making: what it takes then is what it takes now.
    this.#fastestMs = this.limit <= this.#bounds.least ? meanMs : Math.min(this.#fastestMs * FORGET, meanMs)
    const headroom = Math.max(1, this.#limit * HEADROOM)
    const gradient = (this.#fastestMs + NOISE_MS) / (meanMs + NOISE_MS)
    const next = this.#limit * Math.max(LEAST_STEP, gradient) + headroom
    if (next > this.#limit && this.#mostInFlight < USED * this.#limit) return // it was not asked for
    const { least, most } = this.#bounds
    this.#limit = Math.max(least, Math.min(most, next, Math.max(this.#limit * STEP, this.#limit + 1)))
  }
}
