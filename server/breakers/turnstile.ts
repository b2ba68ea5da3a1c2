import type { Clock } from '../../actors/clock.ts'

/** How long one who went in vain stays away. */
const PAUSE_MS = 100

/**
 * Places that come and go, and those who wait for one, in the order in which they came.
 * T1. Never more are inside than there were places when the last one went in.
 */
export class Turnstile {
  readonly #places: () => number
  readonly #waiting: ((leave: (() => void) | undefined) => void)[] = []
  #inside = 0
  #closed = false
  #change = Promise.withResolvers<void>()

  /** @param places how many there are now */
  constructor(places: () => number) {
    this.#places = places
  }

  get inside(): number {
    return this.#inside
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** @returns what gives the place back, twice is once; undefined: closed for good */
  enter(): Promise<(() => void) | undefined> {
    return new Promise(resolve => {
      this.#waiting.push(resolve)
      this.turn()
    })
  }

  /** Looks again: there may be more places, or fewer. */
  turn(): void {
    this.#change.resolve()
    this.#change = Promise.withResolvers<void>()
    while (this.#closed ? this.#waiting.length > 0 : this.#waiting.length > 0 && this.#inside < this.#places()) {
      const next = this.#waiting.shift()
      if (this.#closed) next?.(undefined)
      else {
        this.#inside++ // T1
        next?.(this.#leaving())
      }
    }
  }

  /** Settles at the next turn. */
  changed(): Promise<void> {
    return this.#change.promise
  }

  async pause(clock: Clock): Promise<void> {
    if (this.#closed) return
    await Promise.race([this.changed(), new Promise<void>(resolve => clock.after(PAUSE_MS, resolve))])
  }

  close(): void {
    this.#closed = true
    this.turn()
  }

  #leaving(): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      this.#inside--
      this.turn()
    }
  }
}
