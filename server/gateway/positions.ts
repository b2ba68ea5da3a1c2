import { Counter } from 'prom-client'
import type { Bucket } from '../../actors/bucket.ts'
import { type Clock, isoOf } from '../../actors/clock.ts'
import type { Signals } from '../../actors/signals.ts'
import { cellOf } from '../../machines/geo.ts'
import { type Device, judge, newer, type Position } from './device.ts'
import { type Hold, Interest } from './interest.ts'
import { LatestWrites } from './latest-writes.ts'

/** The bucket's time to live: a rider unheard of for so long has no known place. */
export const POSITION_TTL_MS = 600_000
/** A rider's place in the bucket may be this old; riders report every 4 s, and a device that floods us costs no more than one that does not. */
const KEPT_EVERY_MS = 1_000
/** Riders remembered by one gateway; beyond it the longest silent is read from the bucket again. */
const REMEMBERED = 50_000

const reported = new Counter({
  name: 'rider_positions_total',
  help: 'Positions that riders reported; late: an earlier one than the last that was taken, or a repeat',
  labelNames: ['outcome'],
})
const taken = reported.labels('taken')
const late = reported.labels('late')

export interface PositionsOptions {
  readonly nats: Signals
  /** Memory storage, values live POSITION_TTL_MS. */
  readonly bucket: Bucket<Position>
  readonly clock: Clock
}

/**
 * Riders' positions: announced as they come, the last one kept for a while, never written to the log or a disk.
 * P1. By the device's count a rider only moves forward, in whatever order reports arrive.
 * P2. Each accepted report is announced; the bucket has the newest of them a second later at most, or once `stop` has settled.
 */
export class Positions {
  readonly #options: PositionsOptions
  readonly #devices = new Map<string, Device>()
  readonly #followed: Interest<Position>
  readonly #kept: LatestWrites<Position>
  /** Riders who are being looked up in the bucket. */
  readonly #lookedUp = new Map<string, Promise<Position | undefined>>()
  /** Taken in this turn of the event loop, on their way out with its end. */
  #going: { readonly riderId: string; readonly position: Position }[] = []

  constructor(options: PositionsOptions) {
    this.#options = options
    this.#followed = new Interest(async (subject, deliver) => {
      const hearing = options.nats.hear<Position>(subject, (_subject, position) => deliver(position))
      return { stop: async () => hearing.stop() }
    })
    const { bucket, clock } = options
    this.#kept = new LatestWrites({ clock, everyMs: KEPT_EVERY_MS, write: (riderId, position) => bucket.put(riderId, position) })
  }

  /** Riders followed now. */
  get following(): number {
    return this.#followed.size
  }

  /** Takes a device's report. `accepted: false`: a later one is known already. @throws when the bucket does not answer */
  async report(riderId: string, fix: Position): Promise<{ readonly accepted: boolean }> {
    const { clock } = this.#options
    // A clock that runs ahead would otherwise outrank every position to come.
    const at = Date.parse(fix.at) > clock.now() ? isoOf(clock.now()) : fix.at
    const position: Position = { lat: fix.lat, lng: fix.lng, seq: fix.seq, at }
    // Asked only when unknown here: 25,000 reports a second may not cost a read each.
    const stored = this.#known(riderId) ?? unheard(await this.#lookUp(riderId))
    const known = this.#known(riderId) ?? stored // once more: another report may have come meanwhile
    const { accepted, device } = judge(known, position, clock.now())
    this.#remember(riderId, device)
    const outcome = accepted ? taken : late
    outcome.inc()
    if (!accepted) return { accepted } // P1
    this.#send(riderId, position)
    return { accepted }
  }

  /** The last known position, at most ten minutes old. @throws when the bucket does not answer */
  async of(riderId: string): Promise<Position | undefined> {
    const kept = await this.#options.bucket.get(riderId)
    const known = this.#known(riderId)?.position
    return known && newer(known, kept) ? known : kept
  }

  /** Tells and writes what is still on its way. */
  stop(): Promise<void> {
    this.#sendAll()
    return this.#kept.flush()
  }

  /** Every position of a rider from now on, whichever gateway took it. */
  follow(riderId: string, listener: (position: Position) => void): Hold {
    return this.#followed.hold(`pos.*.${riderId}`, listener)
  }

  /** One look for all the reports that come before it is answered. */
  #lookUp(riderId: string): Promise<Position | undefined> {
    const looking = this.#lookedUp.get(riderId) ?? this.#options.bucket.get(riderId).finally(() => this.#lookedUp.delete(riderId))
    this.#lookedUp.set(riderId, looking)
    return looking
  }

  /** Together with all others of this turn: a write to the NATS socket for each was 39 % of a gateway's time at 8,000 a second. */
  #send(riderId: string, position: Position): void {
    if (this.#going.push({ riderId, position }) === 1) setImmediate(() => this.#sendAll())
  }

  /** P2 */
  #sendAll(): void {
    for (const { riderId, position } of this.#going.splice(0)) {
      this.#options.nats.announce(`pos.${cellOf(position)}.${riderId}`, position)
      this.#kept.put(riderId, position)
    }
  }

  #known(riderId: string): Device | undefined {
    const device = this.#devices.get(riderId)
    return device && Date.parse(device.position.at) > this.#options.clock.now() - POSITION_TTL_MS ? device : undefined
  }

  #remember(riderId: string, device: Device): void {
    this.#devices.delete(riderId) // put back at the end: a Map keeps the order of insertion, so the first is the longest silent
    this.#devices.set(riderId, device)
    const [silent] = this.#devices.keys()
    if (this.#devices.size > REMEMBERED && silent !== undefined) this.#devices.delete(silent)
  }
}

/** As another gateway left it: nothing has been heard of it here. */
const unheard = (position: Position | undefined): Device | undefined => position && { position, heardMs: Number.NEGATIVE_INFINITY }
