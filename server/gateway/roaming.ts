import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtOf } from '../../actors/subjects.ts'
import type { RiderContext } from '../../machines/rider.ts'
import type { OpenDelivery } from '../contract/pushes.ts'
import { newer, type Position } from './device.ts'
import type { Hold } from './interest.ts'
import { Nearby } from './nearby.ts'
import type { Pusher } from './pusher.ts'
import type { Push } from './pushes.ts'

/**
 * A rider on one socket: while he is on duty his window on the board goes where he is. Duty and place are heard like everybody
 * else's, so it does not matter which door or gateway took them.
 */
export class Roaming {
  readonly #pusher: Pusher
  readonly #riderId: string
  readonly #nearby: Nearby
  readonly #took: (orderId: string) => void
  #holds: readonly Hold[] = []
  #rider: Stored<ActorRecord> | undefined
  #at: Position | undefined
  #closed = false

  /** @param took hears of every order that the rider's record says is his, again with each record */
  constructor(pusher: Pusher, riderId: string, push: Push, took: (orderId: string) => void) {
    const { board, rings, clock } = pusher.options
    this.#took = took
    this.#pusher = pusher
    this.#riderId = riderId
    this.#nearby = new Nearby({
      board,
      deliveries: pusher.deliveries,
      rings,
      clock,
      found: delivery => push('delivery', delivery),
      gone: gone => push('delivery:gone', gone),
    })
  }

  /** Orders that are or were his lately, by his own record. */
  get named(): readonly string[] {
    const { carrying = [], taking = [], done = [] } = this.#context ?? {}
    return [...carrying, ...taking, ...done].map(({ orderId }) => orderId)
  }

  get isOnDuty(): boolean {
    return this.#context?.onDuty === true
  }

  /** Where he is while he is on duty. */
  get onDutyAt(): Position | undefined {
    return this.isOnDuty ? this.#at : undefined
  }

  /** Follows first and reads then, so that nothing falls between the two. @throws when the log or the positions cannot be read */
  async open(): Promise<void> {
    const { log, positions } = this.#pusher.options
    const address = { kind: 'rider', id: this.#riderId }
    this.#holds = [
      this.#pusher.orders.hold(evtOf(address), stored => this.#noteRider(stored)),
      positions.follow(this.#riderId, position => this.#notePlace(position)),
    ]
    await Promise.all(this.#holds.map(hold => hold.ready))
    const [rider, at] = await Promise.all([log.latest(address), positions.of(this.#riderId)])
    if (at && newer(at, this.#at)) this.#at = at
    if (rider && rider.body.version > (this.#rider?.body.version ?? 0)) this.#rider = rider
    await this.#roam()
  }

  /** What is near now; from here on changes are told one by one. Undefined for a rider who is off duty or nowhere. */
  start(): OpenDelivery[] | undefined {
    return this.#nearby.start()
  }

  close(): void {
    this.#closed = true
    this.#nearby.leave()
    for (const hold of this.#holds) hold.release()
  }

  /** A record of the first release lacks what the second one knows. */
  get #context(): Partial<RiderContext> | undefined {
    return this.#rider?.body.state.context
  }

  #noteRider(rider: Stored<ActorRecord>): void {
    if (this.#closed || rider.body.version <= (this.#rider?.body.version ?? 0)) return
    this.#rider = rider
    for (const { orderId } of this.#context?.carrying ?? []) this.#took(orderId)
    void this.#roam()
  }

  #notePlace(at: Position): void {
    if (!newer(at, this.#at)) return
    this.#at = at
    void this.#roam()
  }

  async #roam(): Promise<void> {
    if (this.#closed || !this.isOnDuty || !this.#at) {
      this.#nearby.leave()
      return
    }
    // The next position, 4 s from now, tries again.
    await this.#nearby.move(this.#at).catch((error: unknown) => {
      this.#pusher.options.logger.warn({ err: error, riderId: this.#riderId }, 'the board could not be read')
    })
  }
}
