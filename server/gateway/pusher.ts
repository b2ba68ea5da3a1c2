import type { Logger } from 'pino'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtOf } from '../../actors/subjects.ts'
import type { Account } from '../contract/account.ts'
import { type OrderView, orderView } from '../contract/order-view.ts'
import { concerns } from './access.ts'
import { type Announced, type Board, type GoneDelivery, Nearby, type OpenDelivery } from './board.ts'
import { type Hold, Interest } from './interest.ts'
import { newer, type Position, type Positions } from './positions.ts'
import type { OrderRow } from './reads.ts'
import { Feed, isOpen, isRiddenBy, OpenOrders, type OpenReads, orderRow, ordersOf } from './sync.ts'

export interface RiderLocation {
  readonly orderId: string
  readonly lat: number
  readonly lng: number
  readonly at: string
  /** The last that is known, and older than 30 s. */
  readonly stale: boolean
}
export interface Sync {
  readonly orders: readonly OrderView[]
  /** Riders on duty whose place is known. */
  readonly deliveries?: readonly OpenDelivery[]
  readonly serverTime: string
}
/** What is told, by its name in the public contract. */
export interface Pushes {
  readonly sync: Sync
  readonly order: OrderView
  readonly delivery: OpenDelivery
  readonly 'delivery:gone': GoneDelivery
  readonly 'rider:location': RiderLocation
}
export type Push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void

export interface PusherOptions {
  readonly log: Log
  readonly reads: OpenReads
  readonly board: Board
  readonly positions: Positions
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly logger: Pick<Logger, 'warn'>
}

/** Devices report every 4 s: seven in a row are missing. */
const STALE_MS = 30_000

/** Brings committed transitions to the sockets of one gateway, by interest: what nobody here follows does not come here. */
export class Pusher {
  readonly options: PusherOptions
  readonly orders: Interest<Stored<ActorRecord>>
  readonly deliveries: Interest<Announced>
  readonly open: OpenOrders
  readonly #riders = new Map<string, Set<Connection>>()

  constructor(options: PusherOptions) {
    this.options = options
    this.open = new OpenOrders(options)
    this.orders = new Interest((subject, deliver) => options.log.live(subject, deliver))
    this.deliveries = new Interest((subject, deliver) => options.log.live(subject, deliver))
  }

  /** Subjects held for all connections. */
  get held(): number {
    return this.orders.size + this.deliveries.size + this.options.positions.following
  }

  /** A signed-in socket. Nothing is told before `open`, and nothing after `close`. */
  connect(account: Account, push: Push): Connection {
    const connection: Connection = new Connection(this, account, push, () => this.#leave(connection))
    if (account.role === 'rider') this.#riders.set(account.id, (this.#riders.get(account.id) ?? new Set()).add(connection))
    return connection
  }

  /** A rider has claimed an order: from now on his sockets follow it. */
  async claimed(riderId: string, orderId: string): Promise<void> {
    await Promise.all([...(this.#riders.get(riderId) ?? [])].map(connection => connection.claimed(orderId)))
  }

  #leave(connection: Connection): void {
    const { id } = connection.account
    this.#riders.get(id)?.delete(connection)
    if (this.#riders.get(id)?.size === 0) this.#riders.delete(id)
  }
}

/**
 * What one socket follows.
 * C1. It subscribes first and reads then, so that nothing falls between the two.
 * C2. Whatever it holds, it releases when it closes, also what it came to hold while closing.
 * C3. A rider's place is told only from claim to delivery.
 */
export class Connection {
  readonly account: Account
  readonly #pusher: Pusher
  readonly #push: Push
  readonly #left: () => void
  readonly #feed: Feed
  readonly #nearby: Nearby
  readonly #holds = new Set<Hold>()
  /** By order: the rider whose place is told, or the claimed order that a rider follows. */
  readonly #followed = new Map<string, Hold>()
  #duty: { readonly version: number; readonly on: boolean } = { version: 0, on: false }
  #at: Position | undefined
  #closed = false

  constructor(pusher: Pusher, account: Account, push: Push, left: () => void) {
    this.account = account
    this.#pusher = pusher
    this.#left = left
    this.#push = (name, payload) => {
      if (!this.#closed) push(name, payload)
    }
    this.#feed = new Feed(order => this.#show(order))
    this.#nearby = new Nearby({
      board: pusher.options.board,
      deliveries: pusher.deliveries,
      found: delivery => this.#push('delivery', delivery),
      gone: gone => this.#push('delivery:gone', gone),
    })
  }

  /** Subscribes, reads, tells `sync`, and follows from there. @throws when neither the log nor the read model can be read */
  async open(): Promise<void> {
    const { now } = this.#pusher.options
    const subject = ordersOf(this.account)
    if (subject !== undefined) await this.#hold(this.#pusher.orders.hold(subject, stored => this.#hear(stored))).ready // C1
    if (this.account.role === 'rider') await this.#openRider()
    const read = await this.#pusher.open.of(this.account)
    if (this.#closed) return
    this.#feed.begin(read, open => {
      const deliveries = this.account.role === 'rider' ? this.#nearby.start() : undefined
      this.#push('sync', {
        orders: open.map(order => this.#view(order)),
        ...(deliveries === undefined ? {} : { deliveries }),
        serverTime: new Date(now()).toISOString(),
      })
      for (const order of open) this.#follow(order)
    })
  }

  #hear(stored: Stored<ActorRecord>): void {
    if (concerns(this.account.role, stored.body.state)) this.#feed.offer(orderRow(stored))
  }

  /** A rider's claim was taken, by this socket or another door: the order is his to follow. */
  async claimed(orderId: string): Promise<void> {
    if (this.#closed || this.#followed.has(orderId)) return
    const { log } = this.#pusher.options
    const address = { kind: 'order', id: orderId }
    const hear = (stored: Stored<ActorRecord>): void => {
      if (isRiddenBy(orderRow(stored), this.account.id)) this.#feed.offer(orderRow(stored))
    }
    const hold = this.#pusher.orders.hold(evtOf(address), hear)
    this.#followed.set(orderId, hold)
    await hold.ready // C1
    const latest = await log.latest(address)
    if (this.#followed.get(orderId) !== hold) return
    if (latest && isRiddenBy(orderRow(latest), this.account.id)) hear(latest)
    else this.#unfollow(orderId)
  }

  close(): void {
    this.#closed = true
    this.#nearby.leave()
    for (const hold of [...this.#holds, ...this.#followed.values()]) hold.release()
    this.#followed.clear()
    this.#left()
  }

  /** A rider's duty and place are heard like everybody else's, so it does not matter which door or gateway took them. */
  async #openRider(): Promise<void> {
    const { log, positions } = this.#pusher.options
    const { id } = this.account
    const address = { kind: 'rider', id }
    const holds = [
      this.#hold(this.#pusher.orders.hold(evtOf(address), stored => this.#noteDuty(stored))),
      this.#hold(positions.follow(id, position => this.#notePlace(position))),
    ]
    await Promise.all(holds.map(hold => hold.ready)) // C1
    const [rider, at] = await Promise.all([log.latest(address), positions.of(id)])
    if (at && newer(at, this.#at)) this.#at = at
    if (rider && rider.body.version > this.#duty.version) this.#duty = dutyOf(rider)
    await this.#roam()
    const claims = await this.#pusher.open.claimsOf(id, this.#at)
    await Promise.all(claims.map(orderId => this.claimed(orderId)))
  }

  #noteDuty(rider: Stored<ActorRecord>): void {
    if (rider.body.version <= this.#duty.version) return
    this.#duty = dutyOf(rider)
    void this.#roam()
  }

  #notePlace(at: Position): void {
    if (!newer(at, this.#at)) return
    this.#at = at
    void this.#roam()
  }

  async #roam(): Promise<void> {
    if (this.#closed || !this.#duty.on || !this.#at) {
      this.#nearby.leave()
      return
    }
    // The next position, 4 s from now, tries again.
    await this.#nearby.move(this.#at).catch((error: unknown) => this.#warn(error, 'the board could not be read'))
  }

  #show(order: OrderRow): void {
    this.#push('order', this.#view(order))
    this.#follow(order)
  }

  #view(order: OrderRow): OrderView {
    const { role } = this.account
    return orderView(order.state, order.version, order.at, role)
  }

  /** Follows what belongs to the order while it lasts. C3 */
  #follow(order: OrderRow): void {
    const { rider } = orderContext(order.state)
    if (this.account.role === 'rider') {
      if (!isOpen(order)) this.#unfollow(order.id)
    } else if (orderRegions(order.state).order !== 'picked' || !rider) {
      this.#unfollow(order.id)
    } else if (!this.#followed.has(order.id)) {
      this.#followRider(order.id, rider.id).catch((error: unknown) => this.#warn(error, 'a position could not be read'))
    }
  }

  async #followRider(orderId: string, riderId: string): Promise<void> {
    const { positions, now } = this.#pusher.options
    let last: Position | undefined
    const tell = (position: Position, stale: boolean): void => {
      if (!newer(position, last)) return
      last = position
      this.#push('rider:location', { orderId, lat: position.lat, lng: position.lng, at: position.at, stale })
    }
    const hold = positions.follow(riderId, position => tell(position, false))
    this.#followed.set(orderId, hold)
    await hold.ready // C1
    const known = await positions.of(riderId)
    if (known && this.#followed.get(orderId) === hold) tell(known, now() - Date.parse(known.at) > STALE_MS)
  }

  #unfollow(orderId: string): void {
    this.#followed.get(orderId)?.release()
    this.#followed.delete(orderId)
  }

  #hold(hold: Hold): Hold {
    if (this.#closed)
      hold.release() // C2
    else this.#holds.add(hold)
    return hold
  }

  #warn(error: unknown, what: string): void {
    this.#pusher.options.logger.warn({ err: error, account: this.account }, what)
  }
}

const dutyOf = ({ body }: Stored<ActorRecord>) => ({ version: body.version, on: body.state.context.onDuty === true })
