import { Histogram, type Registry, register } from 'prom-client'
import type { Command, Reply } from '../../actors/envelope.ts'
import { eventName } from '../../actors/event-name.ts'
import type { Fault } from '../../actors/fault.ts'
import type { HostFigures, HostOptions } from '../../actors/host.ts'
import { orderMachine } from '../../machines/order.ts'
import { gauge, only, total } from './figure.ts'
import { Tally } from './tally.ts'

/** Entries of a batch: it holds at most 1,000 messages. */
const ENTRIES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000]
/** A publish takes 0.6 ms, a batch 4; a busy server ten times that. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]

/** What may happen to an order, by the names that people read. A machine of another release may know of more. */
export const ORDER_EVENTS: ReadonlySet<string> = new Set(['place', ...orderMachine.events.map(eventName)])

/** The runtime as one host sees it. Hand it to the host as its ears, then `measure` it. */
export class ActorMetrics implements Required<Pick<HostOptions, 'onReply' | 'onWritten' | 'onFault'>> {
  readonly #answers = new Tally(['kind', 'outcome'])
  readonly #events = new Tally(['event'])
  readonly #faults = new Tally(['code'])
  readonly #entries: Histogram<'stream'>
  readonly #seconds: Histogram<'stream'>
  readonly #registry: Registry

  constructor(registry: Registry = register) {
    this.#registry = registry
    const shared = { labelNames: ['stream'] as const, registers: [registry] }
    this.#entries = new Histogram({
      ...shared,
      name: 'actor_commit_entries',
      help: 'Records that went into the log together',
      buckets: ENTRIES,
    })
    this.#seconds = new Histogram({ ...shared, name: 'actor_commit_duration_seconds', help: 'What writing them took', buckets: SECONDS })
  }

  readonly onReply = ({ address: { kind }, event }: Command, reply: Reply): void => {
    this.#answers.add(kind, outcomeOf(reply))
    if (kind !== 'order' || reply.kind !== 'moved' || reply.repeated) return
    const name = eventName(event.type)
    this.#events.add(ORDER_EVENTS.has(name) ? name : 'other')
  }

  readonly onWritten = (stream: string, entries: number, tookMs: number): void => {
    this.#entries.observe({ stream }, entries)
    this.#seconds.observe({ stream }, tookMs / 1_000)
  }

  readonly onFault = ({ code }: Pick<Fault, 'code'>): void => this.#faults.add(code)

  measure(host: { readonly figures: HostFigures }): void {
    const registry = this.#registry
    const now = (name: string, help: string, of: Exclude<keyof HostFigures, 'loads' | 'conflicts'>): void =>
      gauge({ registry, name, help, look: () => only(host.figures[of]) })
    now('actor_residents', 'Actors in memory', 'residents')
    now('actor_shards', 'Shards that this host answers for', 'shards')
    now('actor_hosts', 'Hosts that this one knows to be alive', 'hosts')
    now('actor_mailbox_commands', 'Commands that wait for an actor, in all mailboxes together', 'waiting')
    now('actor_mailbox_fullest', 'Commands that wait in the fullest mailbox, which takes 256', 'fullest')
    now('actor_uncommitted', 'Records that wait for the log', 'uncommitted')
    total({ registry, name: 'actor_loads_total', help: 'Actors read from the log', look: () => only(host.figures.loads) })
    total({
      registry,
      name: 'actor_guard_conflicts_total',
      help: 'Appends that a guard refused, because somebody else had written',
      look: () => only(host.figures.conflicts),
    })
    total({
      registry,
      name: 'actor_commands_total',
      help: 'Commands by kind of actor and how they were answered: moved, repeated, or the code of a refusal or failure',
      labels: ['kind', 'outcome'],
      look: () => this.#answers.samples(),
    })
    total({
      registry,
      name: 'order_events_total',
      help: 'What has happened to orders, once each: it is in the log',
      labels: ['event'],
      look: () => this.#events.samples(),
    })
    total({
      registry,
      name: 'actor_faults_total',
      help: 'What operators have to mend: a machine that threw, a version nobody knows, an actor that a failure has ended',
      labels: ['code'],
      look: () => this.#faults.samples(),
    })
  }
}

const outcomeOf = (reply: Reply): string => (reply.kind === 'moved' ? (reply.repeated ? 'repeated' : 'moved') : reply.code)
