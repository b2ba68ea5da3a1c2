import { Actor, type ActorParts } from './actor.ts'
import { TOKEN } from './address.ts'
import type { Bucket } from './bucket.ts'
import { type Alarm, type Clock, isoOf } from './clock.ts'
import { Committer } from './committer.ts'
import type { Command, Reply } from './envelope.ts'
import { type Fault, faultOf } from './fault.ts'
import type { Kind } from './kinds/kind.ts'
import type { Log } from './log.ts'
import { type HostSign, Membership } from './membership.ts'
import { shardsOf } from './placement.ts'
import { Residents } from './residents.ts'
import { Seats } from './seats.ts'
import { SHARDS } from './shards.ts'
import type { Signals } from './signals.ts'
import { Tally } from './tally.ts'
import { endOfReply, spanOfCommand, type Tracer } from './tracing.ts'
import type { Wire } from './wire.ts'

export interface HostOptions {
  readonly log: Log
  readonly wire: Wire
  readonly clock: Clock
  readonly kinds: readonly Kind[]
  /** Where hosts find each other; absent, this is the only host and holds every shard. */
  readonly members?: {
    readonly name: string
    readonly bucket: Bucket<HostSign>
    readonly signals: Signals
    /** Where this process is, for people. */
    readonly where?: { readonly machine: string; readonly pid: number }
  }
  /** Actors kept in memory, default 10,000. Beyond it the longest idle one leaves; a busy one never does. */
  readonly maxResidents?: number
  /** An actor without work for this long leaves memory, default 60,000 ms. */
  readonly idleMs?: number
  /** Commands that may wait for one actor, default 256. */
  readonly mailboxCapacity?: number
  /** Hears of what operators have to mend. */
  readonly onFault?: (fault: Fault) => void
  /** Hears of every answer. */
  readonly onReply?: (command: Command, reply: Reply) => void
  /** Hears of each batch that the log has answered: of which stream, how many entries it had, and what it took. */
  readonly onWritten?: (stream: string, entries: number, tookMs: number) => void
  readonly tracer?: Tracer | undefined
}

/** How a host is doing now, and what it has done since it began. */
export interface HostFigures {
  readonly residents: number
  readonly shards: number
  /** Hosts that it knows to be alive, itself among them. */
  readonly hosts: number
  /** Commands that wait for an actor, in all mailboxes together and in the fullest. */
  readonly waiting: number
  readonly fullest: number
  /** Entries that wait for the log. */
  readonly uncommitted: number
  readonly loads: number
  readonly conflicts: number
}

/**
 * Hosts actors: finds or loads the one that a command is for.
 * H1. It answers for the shards that the members' signs give it. H2. It may be wrong about that, and no harm is done:
 * a commit needs the actor's last sequence, and a refusal a fresh read (actor.ts, A3, A4).
 */
export class Host {
  readonly #options: HostOptions
  readonly #kinds: ReadonlyMap<string, Kind>
  readonly #parts: ReadonlyMap<string, ActorParts>
  readonly #tally = new Tally()
  readonly #residents: Residents
  readonly #seats: Seats
  readonly #membership: Membership | undefined
  #sweep: Alarm | undefined
  #draining = false

  constructor(options: HostOptions) {
    const { log, wire, clock, kinds, members, maxResidents = 10_000, idleMs = 60_000, mailboxCapacity = 256 } = options
    this.#options = options
    this.#kinds = new Map(kinds.map(kind => [kind.name, kind]))
    this.#parts = new Map(
      [...Map.groupBy(kinds, ({ stream }) => stream)].flatMap(([stream, sharing]) => {
        const onWritten = (entries: number, tookMs: number) => options.onWritten?.(stream, entries, tookMs)
        const committer = new Committer(log, { now: () => clock.now(), onWritten })
        const parts = { log, clock, mailboxCapacity, committer, tally: this.#tally, tracer: options.tracer }
        return sharing.map(({ name }) => [name, parts] as const)
      }),
    )
    this.#residents = new Residents({ max: maxResidents, idleMs, now: () => clock.now() })
    this.#seats = new Seats({ wire, kinds: [...this.#kinds.keys()], handler: command => this.handle(command) })
    this.#membership =
      members &&
      new Membership({
        ...members,
        host: members.name,
        about: { since: isoOf(clock.now()), kinds: [...this.#kinds.keys()], ...members.where },
        clock,
        onChange: hosts => this.#settle(members.name, hosts),
      })
    this.#sweepEvery(idleMs / 4)
  }

  /** Takes its seats. @throws when the wire or the members' bucket does not answer */
  async start(): Promise<void> {
    if (this.#membership) await this.#membership.join()
    else await this.#seats.hold(Array.from({ length: SHARDS }, (_, shard) => shard))
  }

  /** Says goodbye, so that the others take over; finishes what is in hand; leaves. */
  async drain(): Promise<void> {
    this.#draining = true
    this.#sweep?.cancel()
    await this.#membership?.leave()
    await this.#seats.hold([])
  }

  /** How many actors are in memory. */
  get residents(): number {
    return this.#residents.size
  }

  get figures(): HostFigures {
    const { sum: waiting, most: fullest } = this.#residents.waiting
    const committers = new Set([...this.#parts.values()].map(({ committer }) => committer))
    return {
      residents: this.#residents.size,
      shards: this.#seats.shards.length,
      hosts: this.#membership?.hosts.length ?? 1,
      waiting,
      fullest,
      uncommitted: [...committers].reduce((sum, committer) => sum + committer.waiting, 0),
      loads: this.#tally.loads,
      conflicts: this.#tally.conflicts,
    }
  }

  /** The shards it answers for, ascending. */
  get shards(): readonly number[] {
    return this.#seats.shards
  }

  async handle(command: Command): Promise<Reply> {
    const parts = this.#parts.get(command.address?.kind)
    const kind = this.#kinds.get(command.address?.kind)
    if (!kind || !parts || !isCommand(command)) {
      return { kind: 'failed', code: 'BAD_COMMAND', retry: false, message: 'not a command this host knows' }
    }
    const actor = this.#residents.at(command.address, () => new Actor(command.address, kind, parts))
    const span = command.trace && this.#options.tracer?.within(command.trace, spanOfCommand('decide', 'server', command))
    const asked = span ? { ...command, trace: span.trace } : command
    const reply: Reply = actor ? await actor.ask(asked) : { kind: 'failed', code: 'HOST_FULL', retry: true }
    if (span) span.end(endOfReply(reply))
    this.#options.onReply?.(command, reply)
    const fault = faultOf(command, reply)
    if (fault) this.#options.onFault?.(fault)
    return reply
  }

  async #settle(name: string, hosts: readonly string[]): Promise<void> {
    if (this.#draining) return
    const lost = await this.#seats.hold(shardsOf(name, hosts)) // H1
    this.#residents.forget(lost)
  }

  #sweepEvery(ms: number): void {
    this.#sweep = this.#options.clock.after(ms, () => {
      this.#residents.sweep()
      if (!this.#draining) this.#sweepEvery(ms)
    })
  }
}

const isCommand = (command: Command): boolean =>
  TOKEN.test(command.address.id) &&
  typeof command.commandId === 'string' &&
  command.commandId.length > 0 &&
  command.commandId.length <= 200 &&
  typeof command.event?.type === 'string' &&
  typeof command.by?.id === 'string' &&
  (command.correlationId === undefined || TOKEN.test(command.correlationId))
