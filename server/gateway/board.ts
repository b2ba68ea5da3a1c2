import type { Log, Stored } from '../../actors/log.ts'
import { cellOf, cellsWithin, centerOf, distanceM, type LatLng, MAX_RADIUS_M } from '../../machines/geo.ts'
import type { DeliveryAnnouncement } from '../../machines/order-types.ts'
import type { Hold, Interest } from './interest.ts'

export interface OpenDelivery {
  readonly orderId: string
  readonly store: LatLng & { readonly id: string; readonly name?: string }
  /** The middle of the customer's cell: the door itself is told to the rider who claims. */
  readonly area: LatLng
  /** From the rider to the customer, rounded to 10 m so that three askings do not give the door away. */
  readonly distanceM: number
  readonly cookedAt: string
}

export type Announced = Stored<DeliveryAnnouncement>

/** How far a rider looks unless he says otherwise. */
export const DEFAULT_RADIUS_M = 3_000
/** Nobody chooses among more; the nearest are shown. */
export const MOST_SHOWN = 100

const deliveriesOfCell = (cell: string): string => `out.delivery.${cell}.*`

/** An announcement as a rider at this place may see it. */
const openDelivery = ({ orderId, store, cell, place, cookedAt }: DeliveryAnnouncement, from: LatLng): OpenDelivery => ({
  orderId,
  store: { id: store.id, ...(store.name === undefined ? {} : { name: store.name }), lat: store.lat, lng: store.lng },
  area: centerOf(cell),
  distanceM: Math.round(distanceM(from, place) / 10) * 10,
  cookedAt,
})

/** Open ones within the radius by exact distance, nearest first. */
const nearest = (announced: Iterable<Announced>, from: LatLng, radiusM: number): DeliveryAnnouncement[] =>
  [...announced]
    .filter(({ body }) => body.open)
    .map(({ body }) => ({ body, metres: distanceM(from, body.place) }))
    .filter(({ metres }) => metres <= radiusM)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, MOST_SHOWN)
    .map(({ body }) => body)

/** The open deliveries of the country, by neighbourhood. The log keeps them: the last announcement of an order is how it stands. */
export class Board {
  readonly #log: Pick<Log, 'newest'>

  constructor(log: Pick<Log, 'newest'>) {
    this.#log = log
  }

  /** What waits for a rider around a place, nearest first. @param radiusM 1…6,000 metres; more is cut to 6,000 */
  async near(at: LatLng, radiusM: number = DEFAULT_RADIUS_M): Promise<OpenDelivery[]> {
    const within = Math.min(radiusM, MAX_RADIUS_M)
    return nearest(await this.newest(cellsWithin(at, within)), at, within).map(announced => openDelivery(announced, at))
  }

  /** The last announcement of every order in these cells, whether still open or not. */
  async newest(cells: readonly string[]): Promise<Announced[]> {
    if (cells.length === 0) return []
    const found: Announced[] = []
    for await (const announced of this.#log.newest<DeliveryAnnouncement>(cells.map(deliveriesOfCell))) found.push(announced)
    return found
  }
}

export interface GoneDelivery {
  readonly orderId: string
  readonly reason: 'picked' | 'canceled'
}

export interface NearbyOptions {
  readonly board: Board
  readonly deliveries: Interest<Announced>
  readonly found: (delivery: OpenDelivery) => void
  readonly gone: (delivery: GoneDelivery) => void
}

/**
 * One rider's window on the board: the cells around him are held, and move with him.
 * N1. A cell is held before it is read, and per order the later announcement counts, so none falls between the two.
 * N2. A delivery is found once while it stays within the held cells, as soon as it is near by exact distance.
 * N3. Only what was found can be gone.
 */
export class Nearby {
  readonly #options: NearbyOptions
  readonly #cells = new Map<string, Hold>()
  readonly #heard = new Map<string, Announced>()
  readonly #shown = new Set<string>()
  #at: LatLng | undefined
  #middle: string | undefined
  #reading = 0
  #live = false

  constructor(options: NearbyOptions) {
    this.#options = options
  }

  /** Goes where the rider is; settled when what waits there is known. @throws when the log cannot be read: the next move tries again */
  async move(at: LatLng): Promise<void> {
    this.#at = at
    const middle = cellOf(at)
    if (middle !== this.#middle) {
      this.#middle = middle
      await this.#cover(cellsWithin(at, DEFAULT_RADIUS_M))
    }
    this.#show()
  }

  /** Everything near now, nearest first; from here on changes are told one by one. Undefined while the place is unknown. */
  start(): OpenDelivery[] | undefined {
    this.#live = true
    const at = this.#at
    if (!at) return undefined
    return this.#unseen(at).map(announced => openDelivery(announced, at))
  }

  /** The rider is off, or away: nothing is held any more. */
  leave(): void {
    for (const hold of this.#cells.values()) hold.release()
    this.#cells.clear()
    this.#heard.clear()
    this.#shown.clear()
    this.#at = undefined
    this.#middle = undefined
  }

  async #cover(cells: readonly string[]): Promise<void> {
    const fresh = cells.filter(cell => !this.#cells.has(cell))
    this.#drop([...this.#cells.keys()].filter(cell => !cells.includes(cell)))
    const holds = fresh.map(cell => this.#options.deliveries.hold(deliveriesOfCell(cell), announced => this.#hear(announced)))
    for (const [i, hold] of holds.entries()) this.#cells.set(fresh[i] ?? '', hold)
    this.#reading += 1
    try {
      await Promise.all(holds.map(hold => hold.ready)) // N1
      for (const announced of await this.#options.board.newest(fresh)) this.#hear(announced)
    } catch (error) {
      this.#drop(fresh)
      this.#middle = undefined
      throw error
    } finally {
      this.#reading -= 1
      if (this.#reading === 0) for (const [id, { body }] of this.#heard) if (!body.open) this.#heard.delete(id)
    }
  }

  #drop(cells: readonly string[]): void {
    for (const cell of cells) {
      this.#cells.get(cell)?.release()
      this.#cells.delete(cell)
    }
    for (const [id, { body }] of this.#heard) {
      if (this.#cells.has(body.cell)) continue
      this.#heard.delete(id)
      this.#shown.delete(id)
    }
  }

  #hear(announced: Announced): void {
    const { orderId, cell, open, reason } = announced.body
    if (!this.#cells.has(cell)) return // read for a place the rider has left
    if ((this.#heard.get(orderId)?.seq ?? 0) >= announced.seq) return // N1
    this.#heard.set(orderId, announced)
    if (open) {
      this.#show()
      return
    }
    // While a read is under way it may still bring the opening: what is closed must be remembered as such.
    if (this.#reading === 0) this.#heard.delete(orderId)
    if (this.#shown.delete(orderId)) this.#options.gone({ orderId, reason: reason ?? 'picked' }) // N3
  }

  #show(): void {
    const at = this.#at
    if (!this.#live || !at) return
    for (const announced of this.#unseen(at)) this.#options.found(openDelivery(announced, at))
  }

  /** Near, and not told yet; told now. N2 */
  #unseen(at: LatLng): DeliveryAnnouncement[] {
    const unseen = nearest(
      [...this.#heard.values()].filter(({ body }) => !this.#shown.has(body.orderId)),
      at,
      DEFAULT_RADIUS_M,
    )
    for (const { orderId } of unseen) this.#shown.add(orderId)
    return unseen
  }
}
