import type { Logger } from 'pino'
import type { Clock } from '../../actors/clock.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Tracer } from '../../actors/tracing.ts'
import type { GradeAnnouncement } from '../../machines/customer.ts'
import type { AlertAnnouncement } from '../../machines/order-types.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import type { Account } from '../contract/account.ts'
import type { Asleep } from './asleep.ts'
import type { Announced, Board } from './board.ts'
import { Connection } from './connection.ts'
import type { Freshness } from './freshness.ts'
import { Interest } from './interest.ts'
import type { Positions } from './positions.ts'
import { PushSpans } from './push-spans.ts'
import type { Push } from './pushes.ts'
import type { Ring } from './rings.ts'
import { OpenOrders, type OpenReads } from './sync.ts'
import type { WaitingRoom } from './waiting-room.ts'

export interface PusherOptions {
  readonly log: Log
  readonly reads: OpenReads
  readonly board: Board
  readonly positions: Positions
  readonly clock: Clock
  readonly rings: readonly Ring[]
  readonly freshness: Freshness
  /** How long a customer's and a store's subscriptions stay open after the last socket, ms; default 0. */
  readonly lingerMs?: number
  /** Hears which riders have a socket; absent: nobody asks. */
  readonly asleep?: Pick<Asleep, 'wakes' | 'falls'>
  /** The waiting room of payments, and the breakers behind it; absent: nobody waits. */
  readonly room?: WaitingRoom
  readonly verdicts?: Verdicts
  readonly logger: Pick<Logger, 'warn'>
  readonly tracer?: Tracer | undefined
}

/** Brings committed transitions to the sockets of one gateway, by interest: what nobody here follows does not come here. */
export class Pusher {
  readonly options: PusherOptions
  readonly orders: Interest<Stored<ActorRecord>>
  readonly deliveries: Interest<Announced>
  readonly alerts: Interest<Stored<AlertAnnouncement>>
  readonly grades: Interest<Stored<GradeAnnouncement>>
  readonly open: OpenOrders
  readonly spans: PushSpans
  readonly #riders = new Map<string, Set<Connection>>()

  constructor(options: PusherOptions) {
    this.options = options
    this.open = new OpenOrders(options)
    this.spans = new PushSpans(options.tracer)
    const lingering = options.lingerMs ? { clock: options.clock, ms: options.lingerMs } : undefined
    this.orders = new Interest((subject, deliver) => options.log.live(subject, deliver), lingering)
    this.alerts = new Interest((subject, deliver) => options.log.live(subject, deliver))
    this.deliveries = new Interest((subject, deliver) => options.log.live(subject, deliver))
    this.grades = new Interest((subject, deliver) => options.log.live(subject, deliver), lingering)
  }

  /** Subjects held for all connections. */
  get held(): number {
    return this.orders.size + this.deliveries.size + this.alerts.size + this.grades.size + this.options.positions.following
  }

  /** A signed-in socket. Nothing is told before `open`, and nothing after `close`. */
  connect(account: Account, push: Push): Connection {
    const connection: Connection = new Connection(this, account, push, () => this.#leave(connection))
    if (account.role === 'rider') {
      this.#riders.set(account.id, (this.#riders.get(account.id) ?? new Set()).add(connection))
      this.options.asleep?.wakes(account.id)
    }
    return connection
  }

  /** A rider has claimed an order: from now on his sockets follow it. */
  async claimed(riderId: string, orderId: string): Promise<void> {
    await Promise.all([...(this.#riders.get(riderId) ?? [])].map(connection => connection.claimed(orderId)))
  }

  #leave(connection: Connection): void {
    const { id } = connection.account
    this.#riders.get(id)?.delete(connection)
    if (this.#riders.get(id)?.size !== 0) return
    this.#riders.delete(id)
    const at = connection.onDutyAt
    if (at) this.options.asleep?.falls(id, at, () => this.#riders.has(id))
  }
}
