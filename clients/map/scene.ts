import type { LatLng } from '../../machines/distance.ts'

export type Place = LatLng

export interface MapPoint extends Place {
  readonly id: string
  readonly kind: 'store' | 'door' | 'rider' | 'delivery'
  /** One or two words, shown beside it. */
  readonly label: string
  /** No longer fresh: drawn pale. */
  readonly stale?: boolean
}
/** A circle around a place. */
export interface MapRing extends Place {
  readonly radiusM: number
}
/** A cell of H3, darker with its weight. */
export interface MapCell {
  readonly cell: string
  /** 0…1 */
  readonly weight: number
}

/** A pin in the middle of the map, which is moved under it. */
export interface MapPick {
  readonly at: Place
  /** Somebody has moved the map, by a finger or by a key. */
  chose(at: Place): void
}

export interface MapScene {
  readonly points: readonly MapPoint[]
  readonly rings?: readonly MapRing[]
  readonly cells?: readonly MapCell[]
  /** Framed once, by the first that is shown: whoever looks around is left where he is. Absent: anew whenever somebody comes or goes. */
  readonly still?: boolean
  /** The map is where a place is chosen: it is framed by its pin, not by its points. */
  readonly pick?: MapPick
  /** A MapLibre style with streets; absent: our own, which needs nothing from elsewhere. */
  readonly style?: string | undefined
}
