import type { OrderView } from '../../server/contract/order-view.ts'
import type { Sync } from '../../server/contract/pushes.ts'

/** The orders a client shows. Views are whole states: the highest version wins, whatever the order of arrival. */
export class OrderBook {
  readonly #orders = new Map<string, OrderView>()

  /** Newest first. */
  get all(): readonly OrderView[] {
    return [...this.#orders.values()].sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1))
  }

  get(orderId: string): OrderView | undefined {
    return this.#orders.get(orderId)
  }

  /** Takes a view that was pushed or acked. False: it is not newer than what is shown. */
  take(order: OrderView): boolean {
    if (order.version <= (this.#orders.get(order.id)?.version ?? 0)) return false
    this.#orders.set(order.id, order)
    return true
  }

  /** A new connection tells everything that is open; what it does not mention ended while the client was away. */
  sync({ orders }: Sync): void {
    const open = new Set(orders.map(({ id }) => id))
    for (const id of this.#orders.keys()) if (!open.has(id)) this.#orders.delete(id)
    for (const order of orders) this.take(order)
  }
}
