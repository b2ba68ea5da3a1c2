import type { Fault } from './plan.ts'

/** What each kind of fault cost: how often it was injected, and the longest time until the next acknowledged command. */
export class Toll {
  readonly #waiting: { readonly name: string; readonly atMs: number }[] = []
  readonly #worst = new Map<string, { count: number; longestMs: number }>()

  fault({ kind, target }: Fault): void {
    const name = `${kind} ${target.replace(/-\d+$/, '')}`
    const kept = this.#worst.get(name) ?? { count: 0, longestMs: 0 }
    kept.count++
    this.#worst.set(name, kept)
    this.#waiting.push({ name, atMs: Date.now() })
  }

  acknowledged(atMs: number): void {
    for (const { name, atMs: since } of this.#waiting.splice(0)) {
      const kept = this.#worst.get(name)
      if (kept) kept.longestMs = Math.max(kept.longestMs, atMs - since)
    }
  }

  /** `kill actors` → how often, and at worst how long; by name. */
  get entries(): readonly (readonly [name: string, { readonly count: number; readonly longestMs: number }])[] {
    return [...this.#worst].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
