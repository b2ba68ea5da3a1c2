import { distanceM } from '../../machines/distance.ts'
import type { Place } from '../map/scene.ts'

export interface Circumstances {
  /** Somebody waits for him and looks at the map. */
  readonly delivering: boolean
  readonly still: boolean
  /** Undefined: the browser does not tell. */
  readonly battery?: Battery | undefined
}
export interface Battery {
  /** 0…1 */
  readonly level: number
  readonly charging: boolean
}

/** How long there is between two positions, ms. */
export const PING_MS = {
  /** The server shows a position as stale after 15 s: three may be lost on the way before a customer sees that. */
  moving: 4_000,
  /** In front of a door or a kitchen: still fresh for who looks, a third of the radio. */
  stillDelivering: 12_000,
  /** At his corner, waiting: the server knows a place for ten minutes, and nobody looks at it. */
  still: 60_000,
  /** Nothing in hand and little battery: at 30 km/h that is 250 m, a quarter of the first ring. */
  saving: 30_000,
  savingStill: 120_000,
} as const

/** Phones begin to save by themselves here, too. */
const LOW = 0.2

const isSaving = ({ delivering, battery }: Circumstances): boolean =>
  !delivering && battery !== undefined && !battery.charging && battery.level <= LOW

/** With a delivery in hand the battery is no reason to be late: people wait. */
export const pingEveryMs = (now: Circumstances): number => {
  if (isSaving(now)) return now.still ? PING_MS.savingStill : PING_MS.saving
  if (!now.still) return PING_MS.moving
  return now.delivering ? PING_MS.stillDelivering : PING_MS.still
}

/** GPS is what costs: without it the network's guess, 50 m or so, is enough to hear of deliveries. */
export const wantsGps = (now: Circumstances): boolean => !isSaving(now)

/** Where he has been for how long. */
export interface Stand extends Place {
  readonly sinceMs: number
}

/** Between high houses a phone that lies on a table wanders by so much. */
const WANDER_M = 30
/** Who walks, 4 km/h, leaves 30 m behind in 27 s. */
const STILL_AFTER_MS = 30_000

export const standAt = (before: Stand | undefined, { lat, lng }: Place, nowMs: number): Stand =>
  before && distanceM(before, { lat, lng }) <= WANDER_M ? before : { lat, lng, sinceMs: nowMs }

export const isStill = (stand: Stand | undefined, nowMs: number): boolean => stand !== undefined && nowMs - stand.sinceMs >= STILL_AFTER_MS
