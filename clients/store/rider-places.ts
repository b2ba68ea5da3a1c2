import type { RiderLocation } from '../../server/contract/pushes.ts'

/** How far a rider is from the store. */
export interface RiderAway {
  readonly metres: number
  /** As of a while ago. */
  readonly stale: boolean
}

interface Place {
  readonly lat: number
  readonly lng: number
}

const EARTH_M = 6_371_000
/** A distance is shown to so many metres: it is a rider's, not a surveyor's, and a card is not drawn again for less. */
const GRAIN_M = 50
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** As the crow flies, by the haversine formula. */
export const metresBetween = (a: Place, b: Place): number => {
  const [lat, lng] = [radians(b.lat - a.lat), radians(b.lng - a.lng)]
  const h = Math.sin(lat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lng / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(h))
}

export const riderAway = (store: Place, { lat, lng, stale }: RiderLocation): RiderAway => ({
  metres: Math.round(metresBetween(store, { lat, lng }) / GRAIN_M) * GRAIN_M,
  stale,
})
