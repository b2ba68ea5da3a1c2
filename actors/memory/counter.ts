import type { Counter } from '../counter.ts'

/** Counts in memory; C2 is the one promise it cannot keep. */
export class MemoryCounter implements Counter {
  readonly #sums = new Map<string, number>()

  async add(key: string, amount: number): Promise<number> {
    if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number: ${amount}`)
    const sum = (this.#sums.get(key) ?? 0) + amount
    this.#sums.set(key, sum) // C1: nothing can come between
    return sum
  }

  async sum(key: string): Promise<number> {
    return this.#sums.get(key) ?? 0
  }
}
