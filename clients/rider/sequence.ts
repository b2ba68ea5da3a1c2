/** The part of `localStorage` that is needed: two names of one text each. */
export interface Shelf {
  getItem(name: string): string | null
  setItem(name: string, text: string): void
}

/**
 * The device's own count of its positions: the server lets the greatest win, so that a late one never moves the rider back.
 * S1. It only grows: over reloads and tabs by what is kept, and where nothing could be kept by the clock.
 * S2. A device that comes second today begins above the first one: milliseconds since 1970 grow faster than any device counts.
 */
export class Sequence {
  readonly #shelf: Shelf
  readonly #name: string
  readonly #now: () => number
  #last = 0

  /** @param name of the account's own @param now milliseconds since 1970; the server's clock is better than the device's */
  constructor(shelf: Shelf, name: string, now: () => number) {
    this.#shelf = shelf
    this.#name = name
    this.#now = now
  }

  next(): number {
    this.#last = Math.max(this.#last + 1, this.#kept() + 1, Math.floor(this.#now()))
    try {
      this.#shelf.setItem(this.#name, String(this.#last))
    } catch {
      // The storage is full: S2 holds it up over a reload.
    }
    return this.#last
  }

  #kept(): number {
    const kept = Number(this.#shelf.getItem(this.#name))
    return Number.isSafeInteger(kept) ? kept : 0
  }
}
