import { distanceM } from '../../machines/distance.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { Place } from '../map/scene.ts'

/** Korea has had no summer time since 1988. */
const SEOUL_AHEAD_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** The midnight in Seoul that began this day, milliseconds since 1970. */
export const dayBegan = (nowMs: number): number => Math.floor((nowMs + SEOUL_AHEAD_MS) / DAY_MS) * DAY_MS - SEOUL_AHEAD_MS

export interface Day {
  /** Delivered, of the orders placed today. */
  readonly delivered: number
  /** From the stores to the doors, as the crow flies, of those whose places are known. */
  readonly metres: number
  /** Those whose places are not known. */
  readonly unmeasured: number
}

export const isDelivered = ({ status }: Pick<OrderView, 'status'>): boolean => status === 'delivered' || status === 'confirmed'

/** @param storePlaces by the store's id */
export const tripM = (order: Pick<OrderView, 'store' | 'deliverTo'>, storePlaces: ReadonlyMap<string, Place>): number | undefined => {
  const { lat, lng } = order.deliverTo
  const store = storePlaces.get(order.store.id)
  return store && lat !== undefined && lng !== undefined ? distanceM(store, { lat, lng }) : undefined
}

export const placedSince = <Order extends Pick<OrderView, 'placedAt'>>(orders: readonly Order[], sinceMs: number): readonly Order[] =>
  orders.filter(({ placedAt }) => Date.parse(placedAt) >= sinceMs)

export const dayOf = (orders: readonly OrderView[], sinceMs: number, storePlaces: ReadonlyMap<string, Place>): Day => {
  const trips = placedSince(orders, sinceMs)
    .filter(isDelivered)
    .map(order => tripM(order, storePlaces))
  const known = trips.filter(metres => metres !== undefined)
  return { delivered: trips.length, metres: known.reduce((sum, metres) => sum + metres, 0), unmeasured: trips.length - known.length }
}
