import type { Feature, FeatureCollection, LineString, Polygon } from 'geojson'
import { cellToBoundary, gridDisk, latLngToCell } from 'h3-js'
import type { MapCell, MapRing, Place } from './scene.ts'

/**
 * What the ground of a map without streets is made of. Coarse: 0.92 km across, the cells that deliveries are announced to, over 17 km. Fine: 0.13 km
 * across, over 3 km, for whoever looks so closely that a coarse one is larger than his screen: without it, nothing shows that he moves.
 */
const GRIDS = { coarse: { resolution: 8, rings: 9 }, fine: { resolution: 10, rings: 11 } } as const
export type GridName = keyof typeof GRIDS
const EARTH_M_PER_DEGREE = 111_195

const outline = (cell: string): Polygon => ({ type: 'Polygon', coordinates: [cellToBoundary(cell, true)] })

export const gridAround = ({ lat, lng }: Place, grid: GridName): FeatureCollection<Polygon> => ({
  type: 'FeatureCollection',
  features: gridDisk(latLngToCell(lat, lng, GRIDS[grid].resolution), GRIDS[grid].rings).map(
    (cell): Feature<Polygon> => ({ type: 'Feature', properties: {}, geometry: outline(cell) }),
  ),
})

export const cellShapes = (cells: readonly MapCell[]): FeatureCollection<Polygon> => ({
  type: 'FeatureCollection',
  features: cells.map(({ cell, weight }): Feature<Polygon> => ({ type: 'Feature', properties: { weight }, geometry: outline(cell) })),
})

/** Of all cells, longitude first: what a picture of them must hold. */
export const cornersOf = (cells: readonly MapCell[]): [number, number][] => cells.flatMap(({ cell }) => cellToBoundary(cell, true))

/** Circles of 64 corners; at a few kilometres the earth is flat. */
export const ringShapes = (rings: readonly MapRing[]): FeatureCollection<LineString> => ({
  type: 'FeatureCollection',
  features: rings.map(({ lat, lng, radiusM }): Feature<LineString> => {
    const corner = (i: number): [number, number] => {
      const angle = (i / 64) * 2 * Math.PI
      const degrees = radiusM / EARTH_M_PER_DEGREE
      return [lng + (degrees * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), lat + degrees * Math.sin(angle)]
    }
    return {
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: Array.from({ length: 65 }, (_, i) => corner(i)) },
    }
  }),
})
