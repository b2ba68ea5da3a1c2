import type { Log, Stored } from '../../actors/log.ts'
import { distanceM, type LatLng } from '../../machines/distance.ts'
import { cellsWithin, centerOf, MAX_RADIUS_M } from '../../machines/geo.ts'
import type { DeliveryAnnouncement } from '../../machines/order-types.ts'
import type { OpenDelivery } from '../contract/pushes.ts'

export type Announced = Stored<DeliveryAnnouncement>

/** How far a rider's own look goes unless he says otherwise. */
export const DEFAULT_RADIUS_M = 3_000
/** Nobody chooses among more; the nearest are shown. */
export const MOST_SHOWN = 100

export const deliveriesOfCell = (cell: string): string => `out.delivery.${cell}.*`

/** An announcement as a rider at this place may see it. The distance is rounded to 10 m, so that three askings do not give the door away. */
export const openDelivery = ({ orderId, store, cell, place, cookedAt }: DeliveryAnnouncement, from: LatLng): OpenDelivery => ({
  orderId,
  store: { id: store.id, ...(store.name === undefined ? {} : { name: store.name }), lat: store.lat, lng: store.lng },
  area: centerOf(cell),
  distanceM: Math.round(distanceM(from, place) / 10) * 10,
  cookedAt,
})

/** When it came, or came back, on the board, in milliseconds since 1970. The first release announced without `openedAt`, and nothing came back. */
export const openedAtMs = ({ openedAt, cookedAt }: Pick<DeliveryAnnouncement, 'cookedAt'> & { readonly openedAt?: string }): number =>
  Date.parse(openedAt ?? cookedAt)

/** Open ones by exact distance, nearest first. */
export const byDistance = (announced: Iterable<Announced>, from: LatLng) =>
  [...announced]
    .filter(({ body }) => body.open)
    .map(({ body }) => ({ body, metres: distanceM(from, body.place) }))
    .sort((a, b) => a.metres - b.metres)

/** The open deliveries of the country, by neighbourhood. The log keeps them: the last announcement of an order is how it stands. */
export class Board {
  readonly #log: Pick<Log, 'newest'>

  constructor(log: Pick<Log, 'newest'>) {
    this.#log = log
  }

  /** All that waits around a place, however young, nearest first. @param radiusM 1…6,000 metres; more is cut to 6,000 */
  async near(at: LatLng, radiusM: number = DEFAULT_RADIUS_M): Promise<OpenDelivery[]> {
    const within = Math.min(radiusM, MAX_RADIUS_M)
    return byDistance(await this.newest(cellsWithin(at, within)), at)
      .filter(({ metres }) => metres <= within)
      .slice(0, MOST_SHOWN)
      .map(({ body }) => openDelivery(body, at))
  }

  /** The last announcement of every order in these cells, whether still open or not. */
  async newest(cells: readonly string[]): Promise<Announced[]> {
    if (cells.length === 0) return []
    const found: Announced[] = []
    for await (const announced of this.#log.newest<DeliveryAnnouncement>(cells.map(deliveriesOfCell))) found.push(announced)
    return found
  }
}
