import type { Bucket } from '../../actors/bucket.ts'
import type { Signals } from '../../actors/signals.ts'
import { cellOf, type LatLng } from '../../machines/geo.ts'
import { type Hold, Interest } from './interest.ts'

/** Where a rider's device says it is. */
export interface Position extends LatLng {
  /** The device's own count. */
  readonly seq: number
  /** The device's clock, never ahead of ours. ISO 8601 UTC. */
  readonly at: string
}

/** The bucket's time to live: a rider unheard of for so long has no known place. */
export const POSITION_TTL_MS = 600_000
/** Nobody restarts a phone's app, and gets a fix, in less. */
const RESTART_MS = 10_000
/** Riders remembered by one gateway; beyond it the longest silent is read from the bucket again. */
const REMEMBERED = 50_000

/**
 * Whether a position replaces another of the same device. A higher count does, a lower or equal one is late or a repeat.
 * A restarted device counts from the beginning: it is believed when its clock is 10 s further, and then whatever was
 * sent before the restart is at least as much older, so it can never come back.
 */
export const newer = (next: Position, last: Position | undefined): boolean => {
  if (!last) return true
  const aheadMs = Date.parse(next.at) - Date.parse(last.at)
  return next.seq > last.seq ? aheadMs > -RESTART_MS : aheadMs >= RESTART_MS
}

export interface PositionsOptions {
  readonly nats: Signals
  /** Memory storage, values live POSITION_TTL_MS. */
  readonly bucket: Bucket<Position>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Riders' positions: announced as they come, the last one kept for a while, never written to the log or a disk. */
export class Positions {
  readonly #options: PositionsOptions
  readonly #last = new Map<string, Position>()
  readonly #followed: Interest<Position>

  constructor(options: PositionsOptions) {
    this.#options = options
    this.#followed = new Interest(async (subject, deliver) => {
      const hearing = options.nats.hear<Position>(subject, (_subject, position) => deliver(position))
      return { stop: async () => hearing.stop() }
    })
  }

  /** Riders followed now. */
  get following(): number {
    return this.#followed.size
  }

  /** Takes a device's report. `accepted: false`: a later one is known already. @throws when the bucket does not answer */
  async report(riderId: string, fix: Position): Promise<{ readonly accepted: boolean }> {
    const { nats, bucket, now } = this.#options
    // A clock that runs ahead would otherwise outrank every position to come.
    const at = Date.parse(fix.at) > now() ? new Date(now()).toISOString() : fix.at
    const position: Position = { lat: fix.lat, lng: fix.lng, seq: fix.seq, at }
    // Asked only when unknown here: 25,000 reports a second may not cost a read each.
    const stored = this.#known(riderId) ?? (await bucket.get(riderId))
    if (!newer(position, this.#known(riderId) ?? stored)) return { accepted: false } // asked again: another report may have come meanwhile
    this.#remember(riderId, position)
    nats.announce(`pos.${cellOf(position)}.${riderId}`, position)
    await bucket.put(riderId, position)
    return { accepted: true }
  }

  /** The last known position, at most ten minutes old. */
  of(riderId: string): Promise<Position | undefined> {
    return this.#options.bucket.get(riderId)
  }

  /** Every position of a rider from now on, whichever gateway took it. */
  follow(riderId: string, listener: (position: Position) => void): Hold {
    return this.#followed.hold(`pos.*.${riderId}`, listener)
  }

  #known(riderId: string): Position | undefined {
    const last = this.#last.get(riderId)
    return last && Date.parse(last.at) > this.#options.now() - POSITION_TTL_MS ? last : undefined
  }

  #remember(riderId: string, position: Position): void {
    this.#last.delete(riderId) // put back at the end: a Map keeps the order of insertion, so the first is the longest silent
    this.#last.set(riderId, position)
    const [silent] = this.#last.keys()
    if (this.#last.size > REMEMBERED && silent !== undefined) this.#last.delete(silent)
  }
}
