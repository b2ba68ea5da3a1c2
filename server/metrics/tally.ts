import type { Sample } from './figure.ts'

/** No label's value has it. */
const BETWEEN = '\n'

/** Counts by a few labels: one look-up in a map each time, where a counter of the library costs ten times that. */
export class Tally<Label extends string> {
  readonly labels: readonly Label[]
  readonly #counts = new Map<string, number>()

  /** @param labels of the values given to `add`, in their order */
  constructor(labels: readonly Label[]) {
    this.labels = labels
  }

  /** @param values each one of a few that are known: never an id */
  add(...values: readonly string[]): void {
    const key = values.length === 1 ? (values[0] ?? '') : values.join(BETWEEN)
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  samples(): Sample<Label>[] {
    return [...this.#counts].map(([key, count]) => {
      const values = key.split(BETWEEN)
      const named = this.labels.map((label, i) => [label, values[i] ?? ''])
      return [Object.fromEntries(named) as Record<Label, string>, count]
    })
  }
}
