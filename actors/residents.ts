import type { Actor } from './actor.ts'
import { type Address, formatAddress } from './address.ts'
import { shardOf } from './shards.ts'

export interface ResidentOptions {
  /** Actors kept in memory. Beyond it the longest idle one leaves; a busy one never does. */
  readonly max: number
  /** An actor without work for this long leaves memory, milliseconds. */
  readonly idleMs: number
  readonly now: () => number
}

interface Resident {
  readonly actor: Actor
  usedMs: number
}

/** The actors in memory. Each is only a copy of its last record: forgetting one costs a read, never a fact. */
export class Residents {
  readonly #options: ResidentOptions
  /** Longest idle first: using one moves it to the end. */
  readonly #residents = new Map<string, Resident>()

  constructor(options: ResidentOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#residents.size
  }

  /** Commands that wait, of all actors together and of the one with most. */
  get waiting(): { readonly sum: number; readonly most: number } {
    let [sum, most] = [0, 0]
    for (const { actor } of this.#residents.values()) {
      sum += actor.waiting
      if (actor.waiting > most) most = actor.waiting
    }
    return { sum, most }
  }

  /** The actor of this address, made when it is not here. Undefined when there is no room and nobody may leave. */
  at(address: Address, make: () => Actor): Actor | undefined {
    const key = formatAddress(address)
    let resident = this.#residents.get(key)
    if (resident) this.#residents.delete(key)
    else if (this.#residents.size >= this.#options.max && !this.#evictOne()) return undefined
    resident ??= { actor: make(), usedMs: 0 }
    resident.usedMs = this.#options.now()
    this.#residents.set(key, resident)
    return resident.actor
  }

  /** Lets those rest that nobody has asked for lately. */
  sweep(): void {
    const before = this.#options.now() - this.#options.idleMs
    for (const [key, { actor, usedMs }] of this.#residents) {
      if (usedMs > before) return
      if (actor.idle) this.#residents.delete(key)
    }
  }

  /** Forgets the actors of shards that moved elsewhere, where they may change from now on. Work in hand still finishes. */
  forget(shards: readonly number[]): void {
    const gone = new Set(shards)
    for (const [key, { actor }] of this.#residents) if (gone.has(shardOf(actor.address.id))) this.#residents.delete(key)
  }

  #evictOne(): boolean {
    for (const [key, { actor }] of this.#residents) if (actor.idle) return this.#residents.delete(key)
    return false
  }
}
