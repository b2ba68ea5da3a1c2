import { type BreakerSettings, openForMs, troubleIn } from '../../machines/breaker-figures.ts'
import type { Report } from './report.ts'
import { Window } from './window.ts'

export interface LocalBreakerOptions {
  readonly settings: BreakerSettings
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 0…1. */
  readonly random: () => number
}

/**
 * A breaker of one worker's own, for the time in which it hears nothing of the fleet's: the same proof opens it, for the same
 * time, and then one call at a time is tried. Nobody is told, nothing is kept.
 */
export class LocalBreaker {
  readonly #options: LocalBreakerOptions
  readonly #window = new Window()
  #phase:
    | { readonly at: 'closed'; readonly sinceMs: number }
    | { readonly at: 'open'; readonly untilMs: number }
    | { readonly at: 'probing' }
  #opens = 0

  constructor(options: LocalBreakerOptions) {
    this.#options = options
    this.#phase = { at: 'closed', sinceMs: options.now() }
  }

  /** Calls that may be under way: all, none, or one. */
  get lets(): 'all' | 'none' | 'one' {
    if (this.#phase.at === 'open' && this.#options.now() >= this.#phase.untilMs) this.#phase = { at: 'probing' }
    return this.#phase.at === 'closed' ? 'all' : this.#phase.at === 'open' ? 'none' : 'one'
  }

  take(report: Report): void {
    const { settings, now } = this.#options
    this.#window.take(report, now())
    if (this.#phase.at === 'closed' && troubleIn(this.#window.figures(now(), settings, this.#phase.sinceMs), settings)) this.#open()
  }

  /** The one call has ended. */
  probed(ok: boolean): void {
    if (this.#phase.at !== 'probing') return
    if (!ok) {
      this.#open()
      return
    }
    this.#opens = 0
    this.#phase = { at: 'closed', sinceMs: this.#options.now() }
  }

  #open(): void {
    const { settings, now, random } = this.#options
    this.#opens++
    this.#phase = { at: 'open', untilMs: now() + openForMs(settings, this.#opens, random()) }
  }
}
