import type { Place } from '../map/scene.ts'

export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Direction = (typeof DIRECTIONS)[number]

const RAD = Math.PI / 180

/** Whereto from here; over a few kilometres the earth is flat. */
export const directionOf = (from: Place, to: Place): Direction => {
  const east = (to.lng - from.lng) * Math.cos(from.lat * RAD)
  const turns = Math.atan2(east, to.lat - from.lat) / (2 * Math.PI)
  return DIRECTIONS[Math.round((turns + 1) * 8) % 8] ?? 'n'
}
