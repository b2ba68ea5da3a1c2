import type { NearStoreView } from '../../../server/contract/stores.ts'
import type { DeliveryPlace } from './place.ts'

/** How far one looks, metres: what is near, then what can be had at all (the server's own limit). */
export const NEAR_M = 3_000
export const FAR_M = 20_000

export const nearPath = ({ lat, lng }: DeliveryPlace, radiusM: number, q: string): string => {
  const query = new URLSearchParams({ lat: String(lat), lng: String(lng), radiusM: String(radiusM) })
  if (q.trim() !== '') query.set('q', q.trim().slice(0, 50))
  return `/api/stores?${query}`
}

/** Those that take orders now come first; the nearest of each first, as the server has them. */
export const openFirst = (stores: readonly NearStoreView[]): readonly NearStoreView[] => [
  ...stores.filter(({ open }) => open),
  ...stores.filter(({ open }) => !open),
]
