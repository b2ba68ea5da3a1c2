import type { Alarm, Clock } from '../../actors/clock.ts'
import type { LatLng } from '../../machines/distance.ts'
import { cellOf, cellsWithin } from '../../machines/geo.ts'
import type { DeliveryAnnouncement } from '../../machines/order-types.ts'
import type { GoneDelivery, OpenDelivery } from '../contract/pushes.ts'
import { type Announced, type Board, byDistance, deliveriesOfCell, MOST_SHOWN, openDelivery, openedAtMs } from './board.ts'
import type { Hold, Interest } from './interest.ts'
import { type Ring, reachedAfterMs, widestM } from './rings.ts'

export interface NearbyOptions {
  readonly board: Pick<Board, 'newest'>
  readonly deliveries: Interest<Announced>
  readonly rings: readonly Ring[]
  readonly clock: Clock
  readonly found: (delivery: OpenDelivery) => void
  readonly gone: (delivery: GoneDelivery) => void
}

/**
 * One rider's window on the board: the cells that the widest ring needs are held, and move with him.
 * N1. A cell is held before it is read, and per order the later announcement counts, so none falls between the two.
 * N2. A delivery is found once while it stays within the held cells, as soon as the ring of its age reaches him by exact distance.
 * N3. Only what was found can be gone. What comes back on the board is found anew, its rings beginning with the first.
 * N4. At most MOST_SHOWN are shown at once, the nearest first; one that is gone makes room.
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
  /** When the next delivery may come within reach. */
  #look: { readonly atMs: number; readonly alarm: Alarm } | undefined

  constructor(options: NearbyOptions) {
    this.#options = options
  }

  /** Goes where the rider is; settled when what waits there is known. @throws when the log cannot be read: the next move tries again */
  async move(at: LatLng): Promise<void> {
    this.#at = at
    const middle = cellOf(at)
    if (middle !== this.#middle) {
      this.#middle = middle
      await this.#cover(cellsWithin(at, widestM(this.#options.rings)))
    }
    this.#show()
  }

  /** Everything in reach now, nearest first; from here on changes are told one by one. Undefined while the place is unknown. */
  start(): OpenDelivery[] | undefined {
    this.#live = true
    const at = this.#at
    return at && this.#reached(at, this.#heard.values()).map(announced => openDelivery(announced, at))
  }

  /** The rider is off, or away: nothing is held any more. */
  leave(): void {
    this.#look?.alarm.cancel()
    this.#look = undefined
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
      // Only this one: in a rush a hundred come in a second, to a thousand windows, each over hundreds that are known already.
      this.#show([announced])
      return
    }
    // While a read is under way it may still bring the opening: what is closed must be remembered as such.
    if (this.#reading === 0) this.#heard.delete(orderId)
    if (!this.#shown.delete(orderId)) return
    this.#options.gone({ orderId, reason: reason ?? 'picked' }) // N3
    if (this.#shown.size === MOST_SHOWN - 1) this.#show()
  }

  #show(among: Iterable<Announced> = this.#heard.values()): void {
    const at = this.#at
    if (!this.#live || !at) return
    for (const announced of this.#reached(at, among)) this.#options.found(openDelivery(announced, at))
  }

  /** In reach and not told yet; told now. For those that only a wider ring will reach the alarm is set. N2 */
  #reached(at: LatLng, among: Iterable<Announced>): DeliveryAnnouncement[] {
    const { rings, clock } = this.#options
    const reached: DeliveryAnnouncement[] = []
    for (const { body, metres } of byDistance(among, at)) {
      const afterMs = reachedAfterMs(rings, metres)
      if (afterMs === undefined || this.#shown.has(body.orderId)) continue
      // The host that stamped it may be ahead of us: no delivery is younger than none.
      const waitMs = afterMs - Math.max(0, clock.now() - openedAtMs(body))
      if (waitMs > 0) this.#lookAgain(waitMs)
      else if (this.#shown.size < MOST_SHOWN) {
        // N4
        this.#shown.add(body.orderId)
        reached.push(body)
      }
    }
    return reached
  }

  /** Whatever was to be looked at later is looked at then, too. */
  #lookAgain(waitMs: number): void {
    const { clock } = this.#options
    const atMs = clock.now() + waitMs
    if (this.#look && this.#look.atMs <= atMs) return
    this.#look?.alarm.cancel()
    const ring = (): void => {
      this.#look = undefined
      this.#show()
    }
    this.#look = { atMs, alarm: clock.after(waitMs, ring) }
  }
}
