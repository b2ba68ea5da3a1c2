/** Something that is otherwise in one place than in another. */
export interface Difference {
  /** `order/o_81`, `ORDERS 4711`. */
  readonly what: string
  /** Which places, and what each has. */
  readonly how: string
}

/** How many are kept to be shown; the rest is counted. */
const SHOWN = 20
/** Longer texts are cut: who looks for the difference has the two places to look at. */
const LONGEST = 200

/** What a comparison has found. */
export class Differences {
  readonly #shown: Difference[] = []
  #count = 0

  note(what: string, how: string): void {
    this.#count++
    if (this.#shown.length < SHOWN) this.#shown.push({ what, how })
  }

  get count(): number {
    return this.#count
  }

  /** The first 20. */
  get shown(): readonly Difference[] {
    return this.#shown
  }
}

/** A value as it is shown in a difference. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
