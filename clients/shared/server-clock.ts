/** What one connection tells of the server's clock. Times of the device, milliseconds. */
export interface ClockSample {
  /** When the connection was asked for, and when it was granted: one way there and one back. */
  readonly askedMs: number
  readonly grantedMs: number
  /** When the server's time was heard. */
  readonly heardMs: number
  /** The server's time, as it was sent. */
  readonly serverMs: number
}

/**
 * The server's time on a device whose clock is wrong.
 * Every connection gives one sample, and the newest counts: somebody may have set the device's clock in between. The way here is taken as
 * half a round trip, so it is wrong by half a round trip at the most, as long as the time was on its way no longer than that; a line
 * that is slow in one direction only makes use of all of it. A clock that is set while the connection lasts is noticed at the next one.
 */
export class ServerClock {
  readonly #now: () => number
  #offsetMs = 0
  #withinMs = Number.POSITIVE_INFINITY

  /** @param now the device's clock, milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now
  }

  /** The server's time less the device's; 0 before the first connection. */
  get offsetMs(): number {
    return this.#offsetMs
  }

  /** How far off `now` may be: half a round trip. Infinite before the first connection. */
  get withinMs(): number {
    return this.#withinMs
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now() + this.#offsetMs
  }

  take({ askedMs, grantedMs, heardMs, serverMs }: ClockSample): void {
    const wayMs = Math.max(0, grantedMs - askedMs) / 2
    this.#offsetMs = Math.round(serverMs + wayMs - heardMs)
    this.#withinMs = wayMs
  }
}
