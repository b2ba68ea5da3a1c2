import type { Command, Reply } from './envelope.ts'
import type { Subscription } from './log.ts'
import type { Wire } from './wire.ts'

export interface SeatOptions {
  readonly wire: Wire
  readonly kinds: readonly string[]
  readonly handler: (command: Command) => Promise<Reply>
}

/** The shards a host answers for. */
export class Seats {
  readonly #options: SeatOptions
  readonly #held = new Map<number, readonly Subscription[]>()

  constructor(options: SeatOptions) {
    this.#options = options
  }

  get shards(): number[] {
    return [...this.#held.keys()].sort((a, b) => a - b)
  }

  /**
   * Holds exactly these from now on. First it takes what is new, then it lets go: a moment with two hosts is harmless,
   * one with none makes callers ask again.
   * @returns the shards it let go, once their commands in hand were answered
   */
  async hold(shards: readonly number[]): Promise<number[]> {
    const { wire, kinds, handler } = this.#options
    const gained = shards.filter(shard => !this.#held.has(shard))
    await Promise.all(
      gained.map(async shard => this.#held.set(shard, await Promise.all(kinds.map(kind => wire.serve(kind, [shard], handler))))),
    )
    const wanted = new Set(shards)
    const lost = [...this.#held].filter(([shard]) => !wanted.has(shard))
    for (const [shard] of lost) this.#held.delete(shard)
    await Promise.all(lost.flatMap(([, served]) => served.map(subscription => subscription.stop())))
    return lost.map(([shard]) => shard)
  }
}
