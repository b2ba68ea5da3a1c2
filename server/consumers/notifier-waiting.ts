/** Messages that were told to come again, by their place in the log: how many there are, and how old the oldest is. */
export class Waiting {
  readonly #since = new Map<number, number>()

  get size(): number {
    return this.#since.size
  }

  /** @param atMs when what it tells of happened */
  add(seq: number, atMs: number): void {
    this.#since.set(seq, atMs)
  }

  /** It is here again, or over. */
  delete(seq: number): void {
    this.#since.delete(seq)
  }

  /** Milliseconds; 0 when nobody waits. */
  ageMs(now: number): number {
    let oldest = now
    for (const atMs of this.#since.values()) if (atMs < oldest) oldest = atMs
    return now - oldest
  }
}
