import { Actor, type ActorParts } from './actor.ts'
import { formatAddress, TOKEN } from './address.ts'
import type { Alarm, Clock } from './clock.ts'
import { Committer } from './committer.ts'
import type { Command, Reply } from './envelope.ts'
import type { Kind } from './kinds/kind.ts'
import type { Log, Subscription } from './log.ts'
import { SHARDS } from './shards.ts'
import type { Wire } from './wire.ts'

export interface HostOptions {
  readonly log: Log
  readonly wire: Wire
  readonly clock: Clock
  readonly kinds: readonly Kind[]
  /** Actors kept in memory, default 10,000. Beyond it the longest idle one leaves; a busy one never does. */
  readonly maxResidents?: number
  /** An actor without work for this long leaves memory, default 60,000 ms. */
  readonly idleMs?: number
  /** Commands that may wait for one actor, default 256. */
  readonly mailboxCapacity?: number
}

interface Resident {
  readonly actor: Actor
  usedMs: number
}

/** Hosts actors: finds or loads the one that a command is for. Anyone may be stale; the log's guards are what keeps actors safe. */
export class Host {
  readonly #options: Required<HostOptions>
  readonly #kinds: ReadonlyMap<string, Kind>
  readonly #parts: ReadonlyMap<string, ActorParts>
  /** Longest idle first: using one moves it to the end. */
  readonly #residents = new Map<string, Resident>()
  readonly #served: Subscription[] = []
  #sweep: Alarm | undefined
  #draining = false

  constructor(options: HostOptions) {
    this.#options = { maxResidents: 10_000, idleMs: 60_000, mailboxCapacity: 256, ...options }
    const { log, clock, kinds, mailboxCapacity } = this.#options
    this.#kinds = new Map(kinds.map(kind => [kind.name, kind]))
    const committers = new Map(kinds.map(({ stream }) => [stream, new Committer(log)]))
    this.#parts = new Map(
      kinds.map(({ name, stream }) => [name, { log, clock, mailboxCapacity, committer: committers.get(stream) ?? new Committer(log) }]),
    )
  }

  /** Serves every shard of every kind. */
  async start(): Promise<void> {
    const shards = Array.from({ length: SHARDS }, (_, shard) => shard)
    for (const kind of this.#kinds.keys()) this.#served.push(await this.#options.wire.serve(kind, shards, command => this.handle(command)))
    this.#sweepLater()
  }

  /** Takes nothing new, finishes what is in hand, leaves. */
  async drain(): Promise<void> {
    this.#draining = true
    this.#sweep?.cancel()
    await Promise.all(this.#served.splice(0).map(served => served.stop()))
    this.#residents.clear()
  }

  /** How many actors are in memory. */
  get residents(): number {
    return this.#residents.size
  }

  async handle(command: Command): Promise<Reply> {
    const kind = this.#kinds.get(command.address?.kind)
    if (!kind || !isCommand(command)) return { kind: 'failed', code: 'BAD_COMMAND', retry: false, message: 'not a command this host knows' }
    const actor = this.#resident(command, kind)
    return actor ? await actor.ask(command) : { kind: 'failed', code: 'HOST_FULL', retry: true }
  }

  #resident({ address }: Command, kind: Kind): Actor | undefined {
    const key = formatAddress(address)
    const found = this.#residents.get(key)
    const resident = found ?? { actor: new Actor(address, kind, this.#parts.get(kind.name) as ActorParts), usedMs: 0 }
    if (!found && this.#residents.size >= this.#options.maxResidents && !this.#evictOne()) return undefined
    resident.usedMs = this.#options.clock.now()
    this.#residents.delete(key)
    this.#residents.set(key, resident)
    return resident.actor
  }

  #evictOne(): boolean {
    for (const [key, { actor }] of this.#residents) {
      if (actor.idle) return this.#residents.delete(key)
    }
    return false
  }

  #sweepLater(): void {
    if (this.#draining) return
    this.#sweep = this.#options.clock.after(this.#options.idleMs / 4, () => {
      const before = this.#options.clock.now() - this.#options.idleMs
      for (const [key, { actor, usedMs }] of this.#residents) {
        if (usedMs > before) break
        if (actor.idle) this.#residents.delete(key)
      }
      this.#sweepLater()
    })
  }
}

const isCommand = (command: Command): boolean =>
  TOKEN.test(command.address.id) &&
  typeof command.commandId === 'string' &&
  command.commandId.length > 0 &&
  command.commandId.length <= 200 &&
  typeof command.event?.type === 'string' &&
  typeof command.by?.id === 'string'
