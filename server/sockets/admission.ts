/**
 * The way from a token to the first `sync`, for a bounded number at once. Without it ten thousand who came back together asked the log and the
 * read model all at the same time: questions timed out, were asked again elsewhere, and after 30 s less than half of them had been told anything.
 * A1. No more than `atOnce` are on the way. A2. Who waits is let in in the order of coming. A3. Who has gone meanwhile takes no place.
 */
export class Admission {
  readonly #atOnce: number
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** @param isGone asked when its turn has come @returns what gives the place back, once however often; undefined when it had gone */
  async enter(isGone: () => boolean): Promise<(() => void) | undefined> {
    if (this.#inside >= this.#atOnce) await new Promise<void>(resolve => this.#waiting.push(resolve))
    else this.#inside++
    if (isGone()) {
      this.#leave() // A3
      return undefined
    }
    let inside = true
    return () => {
      if (inside) this.#leave()
      inside = false
    }
  }

  /** The place goes to the next one, or is free. */
  #leave(): void {
    const next = this.#waiting.shift() // A2
    if (next) next()
    else this.#inside-- // A1
  }
}
