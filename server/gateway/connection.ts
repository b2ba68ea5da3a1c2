import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtOf } from '../../actors/subjects.ts'
import type { LatLng } from '../../machines/distance.ts'
import type { Account } from '../contract/account.ts'
import { type OrderView, orderView, type Ticket } from '../contract/order-view.ts'
import { concerns, showsRiderPlace } from './access.ts'
import { followAlarms } from './alarms.ts'
import { breakerView } from './breakers.ts'
import { followGrade } from './grades.ts'
import type { Hold } from './interest.ts'
import type { Pusher } from './pusher.ts'
import type { Push } from './pushes.ts'
import type { OrderRow } from './reads.ts'
import { RiderPlace } from './rider-place.ts'
import { Roaming } from './roaming.ts'
import { Feed, isOpen, isRiddenBy, orderRow, ordersOf } from './sync.ts'
import { Tickets } from './tickets.ts'

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
  /** An operator's alarms; a customer's grade. */
  #news: Hold | undefined
  #breakers: (() => void) | undefined
  /** A customer's: his places in the waiting room. */
  readonly #tickets: Tickets | undefined
  /** A rider's: the orders he has claimed, or may have. */
  readonly #claims = new Map<string, Claim>()
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
    const { room, log } = pusher.options
    const tell = (orderId: string, ticket: Ticket): void => this.#push('payment:ticket', { orderId, ...ticket })
    this.#tickets = account.role === 'customer' && room ? new Tickets({ log, room, tell }) : undefined
    this.#roaming = account.role === 'rider' ? new Roaming(pusher, account.id, this.#push, orderId => this.#took(orderId)) : undefined
  }

  /** A rider's: where he is while he is on duty. */
  get onDutyAt(): LatLng | undefined {
    return this.#roaming?.onDutyAt
  }

  /** Subscribes, reads, tells `sync`, and follows from there. @throws when neither the log nor the read model can be read */
  async open(): Promise<void> {
    const { clock } = this.#pusher.options
    const subject = ordersOf(this.account)
    this.#news = this.#followNews()
    if (subject !== undefined) {
      this.#own = this.#pusher.orders.hold(subject, stored => this.#hear(stored))
      await this.#own.ready // C1
    }
    await this.#news?.ready
    if (this.account.role === 'ops' && !this.#closed) this.#breakers = this.#tellBreakers()
    await this.#openRider()
    const read = await this.#pusher.open.of(this.account)
    if (this.#closed) return
    this.#feed.begin(read, open => {
      const deliveries = this.#roaming?.start()
      this.#push('sync', {
        orders: open.map(order => this.#view(order)),
        ...(deliveries === undefined ? {} : { deliveries }),
        ...(this.#roaming ? { online: this.#roaming.isOnDuty } : {}),
        serverTime: new Date(clock.now()).toISOString(),
      })
      for (const order of open) this.#follow(order)
    })
  }

  /**
   * A rider's claim was taken, by this socket or another door: the order is his to follow, and he is told when he has lost it. Settled when he
   * follows it, whoever saw it first: what he does next must not overtake what he is told of the claim.
   */
  async claimed(orderId: string): Promise<void> {
    await this.#claims.get(orderId)?.opened
    if (this.#closed || this.#claims.has(orderId)) return
    const address = { kind: 'order', id: orderId }
    const hear = (stored: Stored<ActorRecord>): void => {
      claim.his ||= isRiddenBy(orderRow(stored), this.account.id)
      if (!claim.his) return
      this.#pusher.spans.note(stored)
      this.#feed.offer(orderRow(stored))
    }
    const open = async (): Promise<void> => {
      await claim.hold.ready // C1
      const latest = await this.#pusher.options.log.latest(address)
      if (this.#claims.get(orderId) !== claim) return
      if (latest) hear(latest)
      if (!claim.his) this.#letGo(orderId)
    }
    const claim: Claim = { hold: this.#pusher.orders.hold(evtOf(address), hear), opened: Promise.resolve(), his: false }
    this.#claims.set(orderId, claim)
    claim.opened = open()
    await claim.opened
  }

  close(): void {
    this.#closed = true
    this.#own?.release()
    this.#breakers?.()
    this.#tickets?.close()
    this.#news?.release()
    this.#roaming?.close()
    for (const orderId of this.#claims.keys()) this.#letGo(orderId)
    for (const orderId of this.#places.keys()) this.#forgetPlace(orderId)
    this.#left()
  }

  #followNews(): Hold | undefined {
    const { alerts, grades } = this.#pusher
    if (this.account.role === 'ops') return followAlarms(alerts, alarm => this.#push('alarm', alarm))
    if (this.account.role === 'customer') return followGrade(grades, this.account.id, raised => this.#push('grade', raised))
    return undefined
  }

  async #openRider(): Promise<void> {
    if (!this.#roaming || this.#closed) return
    await this.#roaming.open()
    const claims = await this.#pusher.open.claimsOf(this.account.id, this.#roaming.named)
    await Promise.all(claims.map(orderId => this.claimed(orderId)))
  }

  #hear(stored: Stored<ActorRecord>): void {
    if (!concerns(this.account.role, stored.body.state)) return
    this.#pusher.spans.note(stored)
    this.#feed.offer(orderRow(stored))
  }

  #show(order: OrderRow): void {
    this.#push('order', this.#view(order))
    this.#follow(order)
  }

  #view(order: OrderRow): OrderView {
    const { role, id } = this.account
    const view = orderView(order.state, order.version, order.at, role)
    return role === 'rider' && !isRiddenBy(order, id) ? lost(view, order) : view
  }

  /** As they stand, and each change. */
  #tellBreakers(): (() => void) | undefined {
    const { verdicts } = this.#pusher.options
    for (const verdict of verdicts?.all ?? []) this.#push('breaker', breakerView(verdict))
    return verdicts?.onChange(verdict => this.#push('breaker', breakerView(verdict)))
  }

  /** Follows what belongs to the order while it lasts. */
  #follow(order: OrderRow): void {
    this.#tickets
      ?.follow(order.id, orderRegions(order.state).order === 'paymentWaiting')
      .catch((error: unknown) => this.#warn(error, 'a place in the waiting room could not be read'))
    if (this.account.role === 'rider') {
      if (!isOpen(order) || !isRiddenBy(order, this.account.id)) this.#letGo(order.id)
      return
    }
    const rider = showsRiderPlace(this.account.role, order.state) ? orderContext(order.state).rider : undefined // C3
    if (this.#places.get(order.id)?.riderId === rider?.id) return
    this.#forgetPlace(order.id)
    if (rider) this.#tellPlace(order.id, rider.id)
  }

  #tellPlace(orderId: string, riderId: string): void {
    const { positions, clock, freshness } = this.#pusher.options
    const place = new RiderPlace({
      riderId,
      positions,
      clock,
      freshness,
      moved: ({ lat, lng, at }, stale) => this.#push('rider:location', { orderId, lat, lng, at, stale }),
      hidden: at => this.#push('rider:hidden', { orderId, at }),
    })
    this.#places.set(orderId, place)
    place.open().catch((error: unknown) => this.#warn(error, 'a position could not be read'))
  }

  #forgetPlace(orderId: string): void {
    this.#places.get(orderId)?.close()
    this.#places.delete(orderId)
  }

  #took(orderId: string): void {
    this.claimed(orderId).catch((error: unknown) => this.#warn(error, 'a claimed order could not be followed'))
  }

  #warn(error: unknown, what: string): void {
    this.#pusher.options.logger.warn({ err: error, account: this.account }, what)
  }

  #letGo(orderId: string): void {
    this.#claims.get(orderId)?.hold.release()
    this.#claims.delete(orderId)
  }
}

interface Claim {
  readonly hold: Hold
  /** Settled when all that happens to the order is heard. */
  opened: Promise<void>
  /** Seen to be his: from then on he hears of it, and of its loss. */
  his: boolean
}

/** What a rider may know of an order that is his no longer: neither the door nor who has it now. */
const lost = ({ rider: _rider, claimedUntil: _until, ...view }: OrderView, { state }: OrderRow): OrderView => ({
  ...view,
  deliverTo: { area: orderContext(state).deliverTo.cell },
})
