import type { OrderView } from '../../../server/contract/order-view.ts'
import { isOver } from '../order/standing.ts'

export interface History {
  /** Newest first: what is still under way, by what is pushed. */
  readonly open: readonly OrderView[]
  /** What is over, from the pages that were read and from what ended since. */
  readonly past: readonly OrderView[]
}

/** Pages may lag behind what is pushed, and overlap when an order came meanwhile: each order is there once, at its newest version. @param nowMs the server's time */
export const historyOf = (pushed: readonly OrderView[], read: readonly OrderView[], nowMs: number): History => {
  const newest = new Map<string, OrderView>()
  for (const order of [...pushed, ...read]) if (order.version > (newest.get(order.id)?.version ?? -1)) newest.set(order.id, order)
  const all = [...newest.values()].sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1))
  const isPast = (order: OrderView): boolean => isOver(order, nowMs)
  return { open: all.filter(order => !isPast(order)), past: all.filter(isPast) }
}
