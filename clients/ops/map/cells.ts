import type { OpenOrdersView } from '../../../server/contract/watch.ts'
import type { MapCell, MapPoint } from '../../map/scene.ts'

type Cell = OpenOrdersView['cells'][number]

/** So many carry their count on the map; the table has them all. */
const LABELLED = 40

/** The fullest is the darkest; one that has any is never as pale as none. */
export const shadesOf = (cells: readonly Cell[]): MapCell[] => {
  const most = Math.max(1, ...cells.map(({ orders }) => orders))
  return cells.map(({ cell, orders }) => ({ cell, weight: 0.15 + 0.85 * (orders / most) }))
}

export const labelsOf = (cells: readonly Cell[]): MapPoint[] =>
  cells.slice(0, LABELLED).map(({ cell, lat, lng, orders }) => ({ id: cell, kind: 'delivery', label: String(orders), lat, lng }))

/** All open orders, and those of them that no cell is known of: they are older than the cells. */
export const countsOf = ({ byStatus, cells }: OpenOrdersView): { readonly all: number; readonly elsewhere: number } => {
  const all = Object.values(byStatus).reduce((sum: number, orders) => sum + (orders ?? 0), 0)
  return { all, elsewhere: Math.max(0, all - cells.reduce((sum, { orders }) => sum + orders, 0)) }
}
