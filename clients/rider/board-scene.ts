import type { MapPoint, MapRing, Place } from '../map/scene.ts'
import type { Offer } from './board.ts'

/** As the server's own rings are, unless it was told otherwise: it announces a delivery to farther riders the longer it waits. */
export const RINGS_M = [1_000, 3_000, 5_000] as const

export const ringsAround = ({ lat, lng }: Place): readonly MapRing[] => RINGS_M.map(radiusM => ({ lat, lng, radiusM }))

export interface SceneWords {
  readonly me: string
  area(count: number): string
}

/** One point for each store and one for each neighbourhood: two in one place would hide each other. */
export const boardPoints = (offers: readonly Offer[], me: Place | undefined, words: SceneWords): readonly MapPoint[] => {
  const stores = Map.groupBy(offers, ({ store }) => store.id)
  const areas = Map.groupBy(offers, ({ area }) => `${area.lat},${area.lng}`)
  return [
    ...(me ? [{ id: 'me', kind: 'rider' as const, label: words.me, lat: me.lat, lng: me.lng }] : []),
    ...[...stores].flatMap(([id, [first, ...more]]) => {
      if (!first) return []
      const { lat, lng, name = id } = first.store
      return [{ id: `store ${id}`, kind: 'store' as const, label: more.length > 0 ? `${name} ×${more.length + 1}` : name, lat, lng }]
    }),
    ...[...areas].flatMap(([id, [first, ...more]]) =>
      first ? [{ id: `area ${id}`, kind: 'delivery' as const, label: words.area(more.length + 1), ...first.area }] : [],
    ),
  ]
}
