import type { Logger } from 'pino'
import { isoOf } from '../../actors/clock.ts'
import type { Counter } from '../../actors/counter.ts'
import type { ActorState } from '../../actors/envelope.ts'
import { orderContext } from '../../actors/kinds/order.ts'
import type { PlaceEvent } from '../../machines/order-types.ts'
import { nextSlotAt, slotOf } from '../../machines/slots.ts'
import { ApiError } from '../contract/errors.ts'
import type { Store } from './catalogue.ts'

export interface IntakeServices {
  /** Places taken, by store and slot: `store-1.1988280`. */
  readonly counter: Counter
  readonly now: () => number
  readonly newId: () => string
  readonly logger: Pick<Logger, 'warn'>
}

export type Place = NonNullable<PlaceEvent['intake']>

/** Codes after which nobody knows whether the order was taken: its place is kept, or two orders might have it. */
const UNCERTAIN = ['LOG_UNAVAILABLE']

/**
 * How many orders a store takes in a quarter of an hour.
 * I1. Of one slot no more than `intakeCap` orders hold a place, however many gateways ask at once: no two are told the same sum.
 * I2. A request gives its place back when it is refused, and when the order turns out to have begun by another one under the same key.
 * I3. Only the log is needed. When the counter does not answer, the order is taken uncounted: whatever we cannot count is no reason to refuse.
 */
export class Intake {
  readonly #services: IntakeServices

  constructor(services: IntakeServices) {
    this.#services = services
  }

  /**
   * Begins an order within its store's cap; a store without one costs nothing.
   * @throws ApiError STORE_BUSY with `details.nextSlotAt`, and whatever `begin` throws
   */
  async admit<Begun extends { readonly state: ActorState }>(store: Store, begin: (place?: Place) => Promise<Begun>): Promise<Begun> {
    const { intakeCap: cap } = store.profile
    if (cap === undefined || cap === null) return begin()
    const slot = slotOf(this.#services.now())
    const key = `${store.id}.${slot}`
    const counted = await this.#count(store, key, cap)
    if (!counted) return begin() // I3
    const place = { slot, token: this.#services.newId() }
    try {
      const begun = await begin(place)
      if (orderContext(begun.state).intake?.token !== place.token) await this.#giveBack(key) // I2
      return begun
    } catch (error) {
      if (!(error instanceof ApiError && UNCERTAIN.includes(error.code))) await this.#giveBack(key) // I2
      throw error
    }
  }

  /** True: a place is taken. False: nobody can tell. @throws ApiError STORE_BUSY */
  async #count(store: Store, key: string, cap: number): Promise<boolean> {
    const { counter, logger } = this.#services
    try {
      // Looked at before it is taken: a crowd at a full store costs reads only, and the disk is left to the orders of others.
      if ((await counter.sum(key)) >= cap) throw this.#busy(store)
      if ((await counter.add(key, 1)) <= cap) return true // I1
    } catch (error) {
      if (error instanceof ApiError) throw error
      logger.warn({ err: error, store: store.id }, 'an order was taken uncounted')
      return false
    }
    await this.#giveBack(key)
    throw this.#busy(store)
  }

  #busy({ profile }: Store): ApiError {
    const nowMs = this.#services.now()
    const nextMs = nextSlotAt(profile, nowMs)
    if (nextMs === undefined) return new ApiError('STORE_BUSY', { details: { zone: profile.zone } })
    const retryAfterS = Math.ceil((nextMs - nowMs) / 1_000)
    return new ApiError('STORE_BUSY', { details: { nextSlotAt: isoOf(nextMs), zone: profile.zone }, retryAfterS })
  }

  /** A place that cannot be given back is lost until its slot is over: fewer orders than allowed, never more. */
  async #giveBack(key: string): Promise<void> {
    const { counter, logger } = this.#services
    await counter.add(key, -1).catch((error: unknown) => logger.warn({ err: error, place: key }, 'a place was not given back'))
  }
}
