import { distanceM, type LatLng } from '../../machines/distance.ts'
import type { RiderLocation } from '../../server/contract/pushes.ts'

/** How far a rider is from the store. */
export interface RiderAway {
  readonly metres: number
  /** As of a while ago. */
  readonly stale: boolean
}

/** A distance is shown to so many metres: it is a rider's, not a surveyor's, and a card is not drawn again for less. */
const GRAIN_M = 50

/** As the crow flies. */
export const riderAway = (store: LatLng, { lat, lng, stale }: RiderLocation): RiderAway => ({
  metres: Math.round(distanceM(store, { lat, lng }) / GRAIN_M) * GRAIN_M,
  stale,
})
