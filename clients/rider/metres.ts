import type { Place } from '../map/scene.ts'

export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Direction = (typeof DIRECTIONS)[number]

const EARTH_M = 6_371_008.8
const RAD = Math.PI / 180

/** As the crow flies (haversine): no street is known here. */
export const metresBetween = (a: Place, b: Place): number => {
  const h =
    Math.sin(((b.lat - a.lat) * RAD) / 2) ** 2 + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(((b.lng - a.lng) * RAD) / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Whereto from here; over a few kilometres the earth is flat. */
export const directionOf = (from: Place, to: Place): Direction => {
  const east = (to.lng - from.lng) * Math.cos(from.lat * RAD)
  const turns = Math.atan2(east, to.lat - from.lat) / (2 * Math.PI)
  return DIRECTIONS[Math.round((turns + 1) * 8) % 8] ?? 'n'
}
