import type { OrderStatus } from '../../machines/order-types.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { WaitingTap } from '../shared/offline-queue.ts'
import { type Expected, expectedOf } from './expected.ts'
import type { HeldTap } from './held-taps.ts'

/** What a kitchen has in hand, from left to right. */
export const COLUMNS = ['new', 'accepted', 'cooking', 'ready', 'riding'] as const
export type Column = (typeof COLUMNS)[number]

const COLUMN_OF: Partial<Readonly<Record<OrderStatus, Column>>> = {
  placed: 'new',
  accepted: 'accepted',
  cooking: 'cooking',
  cooked: 'ready',
  picked: 'riding',
}

/** An order as it stands in its column. Flat, so that a card whose parts are the same is not drawn again. */
export interface ColumnCard extends Expected {
  readonly order: OrderView
  /** A tap that may still be taken back. */
  readonly held?: HeldTap
}

export interface Taps {
  readonly waiting: readonly WaitingTap[]
  readonly held: readonly HeldTap[]
}

export type Columns = Readonly<Record<Column, readonly ColumnCard[]>>

/** Every open order in its column, the most urgent first: by when it is promised while it is made, else by when it was placed. */
export const columnsOf = (orders: readonly OrderView[], { waiting, held }: Taps): Columns => {
  const tapsOf = Map.groupBy(waiting, ({ command }) => command.orderId)
  const holdOf = new Map(held.map(tap => [tap.command.orderId, tap]))
  const columns: Record<Column, ColumnCard[]> = { new: [], accepted: [], cooking: [], ready: [], riding: [] }
  for (const order of orders) {
    const expected = expectedOf(order, tapsOf.get(order.id) ?? [])
    const column = COLUMN_OF[expected.status]
    if (column === undefined) continue
    const hold = holdOf.get(order.id)
    columns[column].push({ order, ...expected, ...(hold === undefined ? {} : { held: hold }) })
  }
  for (const column of COLUMNS) columns[column].sort((a, b) => compare(urgency(column, a), urgency(column, b)))
  return columns
}

/** ISO 8601 sorts as time does; the id keeps two of one instant in a steady order. */
const urgency = (column: Column, { order }: ColumnCard): string => {
  const promised = column === 'accepted' || column === 'cooking' ? order.prepReadyAt : undefined
  return `${promised ?? order.placedAt} ${order.id}`
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Orders to which nobody has answered yet, on this tablet or on another, oldest first: they ring.
 * @param looked how often the store had been called when somebody here said that he has seen it, by order; called again, it rings again
 */
export const unseenOf = (
  orders: readonly OrderView[],
  waiting: readonly WaitingTap[],
  looked: ReadonlyMap<string, number>,
): readonly OrderView[] => {
  const tapped = new Set(waiting.map(({ command }) => command.orderId))
  const rings = ({ id, status, seenAt, alerts = 0 }: OrderView): boolean =>
    status === 'placed' && seenAt === undefined && !tapped.has(id) && (looked.get(id) ?? -1) < alerts
  return orders.filter(rings).sort((a, b) => compare(a.placedAt, b.placedAt))
}
