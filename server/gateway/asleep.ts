import type { Logger } from 'pino'
import type { Bucket } from '../../actors/bucket.ts'
import { type Clock, isoOf } from '../../actors/clock.ts'
import { distanceM, type LatLng } from '../../machines/distance.ts'
import { cellOf, cellsWithin } from '../../machines/geo.ts'

/** The bucket: forgotten with the server, and after half an hour, when a rider will be elsewhere. */
export const ASLEEP = { name: 'asleep', ttlMs: 30 * 60_000, storage: 'memory' } as const

/** A rider on duty whose app is closed: no socket of his is open, and this is where he was last. */
export interface Sleeper extends LatLng {
  readonly riderId: string
  readonly at: string
}
/** Which gateway has, or had last, a socket of a rider; and in which cell he sleeps, if he does. */
interface Seat {
  readonly gateway: string
  readonly cell?: string
}
export type AsleepEntry = Sleeper | Seat

export interface AsleepOptions {
  readonly bucket: Bucket<AsleepEntry>
  readonly clock: Pick<Clock, 'now'>
  /** This process, among those that write here. */
  readonly gateway: string
  readonly logger: Pick<Logger, 'warn'>
}

/** More are not told of one delivery. */
const MOST_NEAR = 50

/**
 * Riders on duty who can only be reached by push, by cell. Nothing waits for this and nothing breaks by it: at worst somebody is told
 * twice, or not.
 * S1. Who connects anywhere is awake: a gateway that notices late that his old socket is dead finds another's seat and leaves it.
 */
export class Asleep {
  readonly #options: AsleepOptions
  /** What is being written of a rider, one after the other. */
  readonly #writing = new Map<string, Promise<void>>()

  constructor(options: AsleepOptions) {
    this.#options = options
  }

  /** A socket of his was opened here. */
  wakes(riderId: string): void {
    const { bucket, gateway } = this.#options
    this.#write(riderId, async () => {
      const seat = await this.#seatOf(riderId)
      await bucket.put(seatKey(riderId), { gateway }) // S1
      if (seat?.cell !== undefined) await bucket.delete(sleeperKey(seat.cell, riderId))
    })
  }

  /** His last socket here is closed, and he was on duty at this place. @param isBack asked when it is written: whether he has come back meanwhile */
  falls(riderId: string, { lat, lng }: LatLng, isBack: () => boolean): void {
    const { bucket, clock, gateway } = this.#options
    this.#write(riderId, async () => {
      const seat = await this.#seatOf(riderId)
      if (isBack() || (seat !== undefined && seat.gateway !== gateway)) return // S1
      const cell = cellOf({ lat, lng })
      await bucket.put(sleeperKey(cell, riderId), { riderId, lat, lng, at: isoOf(clock.now()) })
      await bucket.put(seatKey(riderId), { gateway, cell })
    })
  }

  /** He is off duty, or on his way: he is not to be woken. @throws when the bucket does not answer */
  async forget({ riderId, ...at }: Sleeper): Promise<void> {
    await this.#options.bucket.delete(sleeperKey(cellOf(at), riderId))
  }

  /** Those within the radius, nearest first, 50 at most. @throws when the bucket does not answer */
  async near(place: LatLng, radiusM: number): Promise<readonly (Sleeper & { readonly distanceM: number })[]> {
    const found = await this.#options.bucket.find(cellsWithin(place, radiusM).map(cell => sleeperKey(cell, '*')))
    return [...found.values()]
      .filter(entry => 'riderId' in entry)
      .map(sleeper => ({ ...sleeper, distanceM: distanceM(place, sleeper) }))
      .filter(sleeper => sleeper.distanceM <= radiusM)
      .sort((a, b) => a.distanceM - b.distanceM)
      .slice(0, MOST_NEAR)
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    await Promise.all(this.#writing.values())
  }

  async #seatOf(riderId: string): Promise<Seat | undefined> {
    const seat = await this.#options.bucket.get(seatKey(riderId))
    return seat && 'gateway' in seat ? seat : undefined
  }

  #write(riderId: string, act: () => Promise<void>): void {
    const before = this.#writing.get(riderId) ?? Promise.resolve()
    const written: Promise<void> = before
      .then(act)
      .catch((error: unknown) => this.#options.logger.warn({ err: error, riderId }, 'whether a rider is awake could not be noted'))
      .finally(() => {
        if (this.#writing.get(riderId) === written) this.#writing.delete(riderId)
      })
    this.#writing.set(riderId, written)
  }
}

/** A cell is 15 hex digits, so no seat is taken for one. */
const sleeperKey = (cell: string, riderId: string): string => `${cell}.${riderId}`
const seatKey = (riderId: string): string => `seat.${riderId}`
