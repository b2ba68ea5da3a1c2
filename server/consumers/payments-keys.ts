/** Payments remembered at once; beyond it the one longest unused is forgotten. */
const REMEMBERED = 10_000

/** `confirm:o_81#1`, then `confirm:o_81#1.1`, `….2` … */
export const keyAfter = (base: string, spent: number): string => (spent === 0 ? base : `${base}.${spent}`)

/**
 * How many keys of a payment Toss has answered with an error that it will repeat. It saves asking again under each of them; who
 * does not know, another worker or this one after a restart, walks them from the first and finds the same.
 */
export class SpentKeys {
  readonly #spent = new Map<string, number>()

  /** Keys from the first that are used up; 0 when nothing is known. */
  of(base: string): number {
    return this.#spent.get(base) ?? 0
  }

  spend(base: string, count: number): void {
    this.#spent.delete(base)
    this.#spent.set(base, count)
    const [oldest] = this.#spent.keys()
    if (this.#spent.size > REMEMBERED && oldest !== undefined) this.#spent.delete(oldest)
  }
}
