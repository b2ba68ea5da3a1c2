import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import type { LatLng } from './distance.ts'

/** H3 resolution 7: edge 1.41 km. One cell is coarse enough to hide an address and fine enough to route by. */
export const CELL_RESOLUTION = 7

export const cellOf = (at: LatLng): string => latLngToCell(at.lat, at.lng, CELL_RESOLUTION)

/** The middle of a cell, what a rider may know of a customer's place before the claim. */
export const centerOf = (cell: string): LatLng => {
  const [lat, lng] = cellToLatLng(cell)
  return { lat: round5(lat), lng: round5(lng) }
}
const round5 = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

/** Rings of resolution-7 cells that surely cover a radius around any point of the middle cell: measured 1.2, 2.9, 4.5, 6.9 km for 1…4 (Seoul). */
const RINGS = [
  { withinM: 1_200, k: 1 },
  { withinM: 2_900, k: 2 },
  { withinM: 4_500, k: 3 },
  { withinM: 6_000, k: 4 },
] as const
export const MAX_RADIUS_M = 6_000

/** Cells that cover the circle. @param radiusM 1…6,000 metres; more is cut to 6,000 */
export const cellsWithin = (at: LatLng, radiusM: number): string[] =>
  gridDisk(cellOf(at), (RINGS.find(ring => radiusM <= ring.withinM) ?? RINGS[3]).k)
