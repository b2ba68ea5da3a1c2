import { expect } from 'chai'

/** A race that one side always wins was none: each side must win this much of the races it was in. */
const LEAST_SHARE = 0.05

/** Who won how often. */
export class Tally {
  readonly #name: string
  readonly #won = new Map<string, { wins: number; races: number }>()
  #races = 0
  #conflicts = 0

  constructor(name: string) {
    this.#name = name
  }

  /** @param sides all who could have won @param conflicts writes that a guard turned away in this race */
  add(winner: string, sides: readonly string[], conflicts: number): void {
    this.#races++
    this.#conflicts += conflicts
    for (const side of sides) {
      const { wins, races } = this.#won.get(side) ?? { wins: 0, races: 0 }
      this.#won.set(side, { wins: wins + (side === winner ? 1 : 0), races: races + 1 })
    }
  }

  report(): string {
    const sides = [...this.#won].map(([side, { wins, races }]) => `${side} ${wins} of ${races} (${((100 * wins) / races).toFixed(1)} %)`)
    return `${this.#name}: ${this.#races} races, ${this.#conflicts} writes refused by the guard; won by ${sides.join(', ')}`
  }

  expectFair(races: number): void {
    expect(this.#races).to.equal(races)
    expect(this.#conflicts, 'nobody ever met at the guard').to.be.greaterThan(races * LEAST_SHARE)
    for (const [side, { wins, races }] of this.#won) expect(wins / races, `${side}: ${this.report()}`).to.be.at.least(LEAST_SHARE)
  }
}
