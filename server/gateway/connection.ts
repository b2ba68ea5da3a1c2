import { orderContext } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtOf } from '../../actors/subjects.ts'
import type { Account } from '../contract/account.ts'
import { type OrderView, orderView } from '../contract/order-view.ts'
import { concerns, showsRiderPlace } from './access.ts'
import type { Hold } from './interest.ts'
import type { Pusher } from './pusher.ts'
import type { Push } from './pushes.ts'
import type { OrderRow } from './reads.ts'
import { RiderPlace } from './rider-place.ts'
import { Roaming } from './roaming.ts'
import { Feed, isOpen, isRiddenBy, orderRow, ordersOf } from './sync.ts'

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
  readonly #roaming: Roaming | undefined
  #own: Hold | undefined
  /** A rider's: the orders he has claimed. */
  readonly #claims = new Map<string, Hold>()
  /** A customer's or a store's: the riders whose place is told, by order. */
  readonly #places = new Map<string, RiderPlace>()
  #closed = false

  constructor(pusher: Pusher, account: Account, push: Push, left: () => void) {
    this.account = account
    this.#pusher = pusher
    this.#left = left
    this.#push = (name, payload) => {
      if (!this.#closed) push(name, payload)
    }
    this.#feed = new Feed(order => this.#show(order))
    this.#roaming = account.role === 'rider' ? new Roaming(pusher, account.id, this.#push) : undefined
  }

  /** Subscribes, reads, tells `sync`, and follows from there. @throws when neither the log nor the read model can be read */
  async open(): Promise<void> {
    const { clock } = this.#pusher.options
    const subject = ordersOf(this.account)
    if (subject !== undefined) {
      this.#own = this.#pusher.orders.hold(subject, stored => this.#hear(stored))
      await this.#own.ready // C1
    }
    await this.#openRider()
    const read = await this.#pusher.open.of(this.account)
    if (this.#closed) return
    this.#feed.begin(read, open => {
      const deliveries = this.#roaming?.start()
      this.#push('sync', {
        orders: open.map(order => this.#view(order)),
        ...(deliveries === undefined ? {} : { deliveries }),
        serverTime: new Date(clock.now()).toISOString(),
      })
      for (const order of open) this.#follow(order)
    })
  }

  /** A rider's claim was taken, by this socket or another door: the order is his to follow. */
  async claimed(orderId: string): Promise<void> {
    if (this.#closed || this.#claims.has(orderId)) return
    const { log } = this.#pusher.options
    const address = { kind: 'order', id: orderId }
    const hear = (stored: Stored<ActorRecord>): void => {
      if (isRiddenBy(orderRow(stored), this.account.id)) this.#feed.offer(orderRow(stored))
    }
    const hold = this.#pusher.orders.hold(evtOf(address), hear)
    this.#claims.set(orderId, hold)
    await hold.ready // C1
    const latest = await log.latest(address)
    if (this.#claims.get(orderId) !== hold) return
    if (latest && isRiddenBy(orderRow(latest), this.account.id)) hear(latest)
    else this.#letGo(orderId)
  }

  close(): void {
    this.#closed = true
    this.#own?.release()
    this.#roaming?.close()
    for (const orderId of this.#claims.keys()) this.#letGo(orderId)
    for (const orderId of this.#places.keys()) this.#forgetPlace(orderId)
    this.#left()
  }

  async #openRider(): Promise<void> {
    if (!this.#roaming || this.#closed) return
    await this.#roaming.open()
    const claims = await this.#pusher.open.claimsOf(this.account.id, this.#roaming.at)
    await Promise.all(claims.map(orderId => this.claimed(orderId)))
  }

  #hear(stored: Stored<ActorRecord>): void {
    if (concerns(this.account.role, stored.body.state)) this.#feed.offer(orderRow(stored))
  }

  #show(order: OrderRow): void {
    this.#push('order', this.#view(order))
    this.#follow(order)
  }

  #view({ state, version, at }: OrderRow): OrderView {
    return orderView(state, version, at, this.account.role)
  }

  /** Follows what belongs to the order while it lasts. */
  #follow(order: OrderRow): void {
    if (this.account.role === 'rider') {
      if (!isOpen(order)) this.#letGo(order.id)
      return
    }
    const rider = showsRiderPlace(this.account.role, order.state) ? orderContext(order.state).rider : undefined // C3
    if (this.#places.get(order.id)?.riderId === rider?.id) return
    this.#forgetPlace(order.id)
    if (rider) this.#tellPlace(order.id, rider.id)
  }

  #tellPlace(orderId: string, riderId: string): void {
    const { positions, clock, freshness, logger } = this.#pusher.options
    const place = new RiderPlace({
      riderId,
      positions,
      clock,
      freshness,
      moved: ({ lat, lng, at }, stale) => this.#push('rider:location', { orderId, lat, lng, at, stale }),
      hidden: at => this.#push('rider:hidden', { orderId, at }),
    })
    this.#places.set(orderId, place)
    place.open().catch((error: unknown) => logger.warn({ err: error, account: this.account }, 'a position could not be read'))
  }

  #forgetPlace(orderId: string): void {
    this.#places.get(orderId)?.close()
    this.#places.delete(orderId)
  }

  #letGo(orderId: string): void {
    this.#claims.get(orderId)?.release()
    this.#claims.delete(orderId)
  }
}
