import { Round } from './round.ts'

export interface LimiterBounds {
  /** Calls at once, 1…1,000. */
  readonly least: number
  readonly most: number
  readonly first: number
}

/** The share of its places that must be taken before a round tells anything of a limit. */
const USED = 0.8
/** While calls take no longer than usual: so many more, so that a provider never sees much more than it can do. */
const NO_QUEUE = 0.985
const STEP = 0.05
const LEAST_STEP = 0.5
/** The room for a queue at the provider: without any, a limit that is too low is never found out. */
const HEADROOM = 0.04
const LEAST_HEADROOM = 0.25
/** Of the way down to where a round points: its mean is only as good as its calls are many. */
const DAMPING = 0.4
const LEAST_GRADIENT = 0.5
/** Latencies differ by so much for reasons of this machine's own, a busy event loop above all. */
const NOISE_MS = 20
/** How much a round weighs in what is usual. */
const WEIGHT = 0.3
/** Every so often a round is run with so much fewer calls that nobody can be waiting: what is usual today, not what once was. */
const LOOK_EVERY_MS = 8_000
const LOOK_SHARE = 0.7

/**
 * How many calls at once a provider can do, found out by what they take. Round by round:
 *   limit' = limit × (usual + noise) / (now + noise) + headroom
 * the gradient of latency after Netflix's concurrency-limits; and what is usual is measured anew at a lower limit every few seconds,
 * after the round-trip probe of the BBR congestion control. A minimum ever seen in its place is lower than any mean where latencies
 * differ, and the limit then falls to less than half of what the provider could do.
 * Simulated (`test/breakers/provider.ts`): 98 % of a provider's places used and 3…5 % more asked for where calls take alike, 91…98 % and
 * up to 12 % where they differ by a third of what they take or more.
 */
export class Limiter {
  readonly #bounds: LimiterBounds
  #most: number
  #usualMs: number | undefined
  #looking = false
  #lookedMs = Number.NEGATIVE_INFINITY
  #round: Round | undefined

  constructor(bounds: LimiterBounds) {
    this.#bounds = bounds
    this.#most = bounds.first
  }

  get limit(): number {
    return Math.max(this.#bounds.least, Math.round(this.#most * (this.#looking ? LOOK_SHARE : 1)))
  }

  /** What a call takes when the provider is not busy; undefined before the first round. */
  get usualMs(): number | undefined {
    return this.#usualMs
  }

  /** A call has ended well. @param ms that it took @param inFlight with it @param nowMs any clock that only goes forward */
  took(ms: number, inFlight: number, nowMs: number): void {
    this.#round ??= new Round(this.limit, nowMs - ms)
    if (!this.#round.add(ms, inFlight, nowMs)) return
    this.#learn(this.#round, nowMs)
    this.#round = new Round(this.limit, nowMs)
  }

  #learn(round: Round, nowMs: number): void {
    const nobodyWaits = this.#looking || round.used < USED || this.limit <= this.#bounds.least
    if (nobodyWaits || this.#usualMs === undefined) {
      const before = this.#usualMs ?? round.meanMs
      this.#usualMs = before + WEIGHT * (round.meanMs - before)
    }
    if (this.#looking) {
      this.#looking = false
      this.#lookedMs = nowMs
    } else if (round.used >= USED) {
      this.#adjust(round.meanMs, this.#usualMs)
      this.#looking = nowMs - this.#lookedMs > LOOK_EVERY_MS
    }
  }

  #adjust(meanMs: number, usualMs: number): void {
    const { least, most } = this.#bounds
    const limit = this.#most
    const gradient = Math.min(1, Math.max(LEAST_GRADIENT, (usualMs + NOISE_MS) / (meanMs + NOISE_MS)))
    const target = limit * gradient + Math.max(LEAST_HEADROOM, limit * HEADROOM)
    const next =
      gradient > NO_QUEUE ? limit + Math.max(LEAST_STEP, limit * STEP) : target > limit ? target : limit + DAMPING * (target - limit)
    this.#most = Math.max(least, Math.min(most, next))
  }
}
