/** Fewer calls say little about what a call takes. */
const LEAST_CALLS = 8
/** The mean of a round is uncertain by a tenth at most, for which calls that differ by themselves need more of them; but no more than so many turns. */
const UNCERTAIN = 0.1
const MOST_TURNS = 4

/**
 * Calls that began and ended under one limit: what began under the one before tells of that one's queue.
 * As many as the limit lets go at once, so that each round sees every place taken.
 */
export class Round {
  readonly #limit: number
  #sinceMs: number
  #calls = 0
  #sumMs = 0
  #sumOfSquares = 0
  #mostInFlight = 0

  /** @param limit calls at once, 1 or more @param nowMs any clock that only goes forward */
  constructor(limit: number, nowMs: number) {
    this.#limit = limit
    this.#sinceMs = nowMs
  }

  /** A call has ended. @param inFlight with it @returns whether the round is over */
  add(ms: number, inFlight: number, nowMs: number): boolean {
    // A limit that has just been lowered begins when what is too many has ended.
    if (this.#calls === 0 && inFlight > this.#limit) this.#sinceMs = nowMs
    if (nowMs - ms < this.#sinceMs) return false
    this.#calls++
    this.#sumMs += ms
    this.#sumOfSquares += ms * ms
    this.#mostInFlight = Math.max(this.#mostInFlight, inFlight)
    return this.#calls >= Math.max(LEAST_CALLS, this.#limit, Math.min(MOST_TURNS * this.#limit, this.#differ / UNCERTAIN ** 2))
  }

  /** Variance over the square of the mean. */
  get #differ(): number {
    return Math.max(0, this.#sumOfSquares / this.#calls / this.meanMs ** 2 - 1)
  }

  get meanMs(): number {
    return Math.max(1, this.#sumMs / this.#calls)
  }

  /** The share of the limit's places that were taken at the busiest moment. */
  get used(): number {
    return this.#mostInFlight / this.#limit
  }
}
