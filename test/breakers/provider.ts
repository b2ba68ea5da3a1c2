import { Dice } from '../../bench/chaos/dice.ts'
import type { Limiter } from '../../server/breakers/limiter.ts'

export interface ProviderSettings {
  /** Calls that it does at once; the others stand in line. */
  readonly capacity: number
  /** What one takes on the average, and by how much they differ: the deviation as a share of it, 0…2, log-normal. */
  readonly ms: number
  readonly differ: number
}

/** What came of it, after the first third of the time. */
export interface Outcome {
  /** The share of what the provider could do at best. */
  readonly goodput: number
  /** Calls there at once, as multiples of its capacity: on the average, and at the worst. */
  readonly mean: number
  readonly worst: number
}

interface Step {
  readonly atMs: number
  readonly run: () => void
}

/** A provider, and workers that bring it as many calls at once as their limiters allow, in simulated time. */
export class Provider {
  readonly #limiters: readonly Limiter[]
  readonly #inFlight: number[]
  readonly #dice: Dice
  readonly #steps: Step[] = []
  readonly #line: (() => void)[] = []
  #settings: ProviderSettings
  #busy = 0
  #nowMs = 0
  #ended = 0
  #there = 0
  #worst = 0
  #area = 0

  /** Calls that each worker would like to have under way. */
  wanted = Number.POSITIVE_INFINITY

  constructor(settings: ProviderSettings, limiters: readonly Limiter[], seed = 1) {
    this.#settings = settings
    this.#limiters = limiters
    this.#inFlight = limiters.map(() => 0)
    this.#dice = new Dice(seed)
  }

  set settings(settings: ProviderSettings) {
    this.#settings = settings
  }

  /** Lets so much time pass. */
  run(ms: number): Outcome {
    const startMs = this.#nowMs
    this.#advance(startMs + ms / 3)
    this.#ended = 0
    this.#area = 0
    this.#worst = this.#there
    this.#advance(startMs + ms)
    const spanMs = (2 * ms) / 3
    const { capacity, ms: usualMs } = this.#settings
    return { goodput: (this.#ended * usualMs) / (spanMs * capacity), mean: this.#area / spanMs / capacity, worst: this.#worst / capacity }
  }

  #advance(untilMs: number): void {
    for (const worker of this.#limiters.keys()) this.#bring(worker)
    for (let step = this.#steps.at(-1); step && step.atMs <= untilMs; step = this.#steps.at(-1)) {
      this.#steps.pop()
      this.#count(step.atMs - this.#nowMs)
      this.#nowMs = step.atMs
      step.run()
    }
    this.#count(untilMs - this.#nowMs)
    this.#nowMs = untilMs
  }

  #count(ms: number): void {
    this.#area += this.#there * ms
    this.#worst = Math.max(this.#worst, this.#there)
  }

  #bring(worker: number): void {
    const limiter = this.#limiters[worker]
    while (limiter && (this.#inFlight[worker] ?? 0) < Math.min(limiter.limit, this.wanted)) {
      const startedMs = this.#nowMs
      this.#inFlight[worker] = (this.#inFlight[worker] ?? 0) + 1
      this.#there++
      this.#take(() => {
        const inFlight = this.#inFlight[worker] ?? 0
        this.#inFlight[worker] = inFlight - 1
        this.#there--
        this.#ended++
        limiter.took(this.#nowMs - startedMs, inFlight, this.#nowMs)
        this.#bring(worker)
      })
    }
  }

  #take(ended: () => void): void {
    if (this.#busy >= this.#settings.capacity) {
      this.#line.push(() => this.#take(ended))
      return
    }
    this.#busy++
    this.#at(this.#nowMs + this.#serviceMs(), () => {
      this.#busy--
      this.#line.shift()?.()
      ended()
    })
  }

  #serviceMs(): number {
    const { ms, differ } = this.#settings
    const sigma = Math.sqrt(Math.log(1 + differ ** 2))
    const bell = Math.sqrt(-2 * Math.log(1 - this.#dice.next())) * Math.cos(2 * Math.PI * this.#dice.next())
    return ms * Math.exp(sigma * bell - sigma ** 2 / 2)
  }

  #at(atMs: number, run: () => void): void {
    let place = this.#steps.length
    while (place > 0 && (this.#steps[place - 1]?.atMs ?? 0) < atMs) place--
    this.#steps.splice(place, 0, { atMs, run })
  }
}
