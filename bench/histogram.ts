const STEP_MS = 0.1
/** Whatever takes longer counts as this. */
const LONGEST_MS = 20_000

/** How long things took, in steps of 0.1 ms: a fixed 800 KB, however many there are. */
export class Histogram {
  readonly #counts = new Uint32Array(LONGEST_MS / STEP_MS + 1)
  #total = 0

  add(ms: number): void {
    const step = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms / STEP_MS)))
    this.#counts[step] = (this.#counts[step] ?? 0) + 1
    this.#total++
  }

  get total(): number {
    return this.#total
  }

  /** What a share of them did not exceed, in ms. @param share 0…1 @returns 0 when nothing was added */
  at(share: number): number {
    let left = Math.ceil(this.#total * share)
    for (const [step, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return step * STEP_MS
    }
    return 0
  }

  clear(): void {
    this.#counts.fill(0)
    this.#total = 0
  }
}
