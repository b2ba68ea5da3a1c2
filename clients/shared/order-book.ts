import type { OrderView } from '../../server/contract/order-view.ts'
import type { Sync } from '../../server/contract/pushes.ts'

/** What a refusal tells of an order: where it stands. */
export type Progress = Pick<OrderView, 'version' | 'status'>

/**
 * The orders a client shows. Views are whole states: the highest version wins, whatever the order of arrival.
 * An order leaves the book when a sync does not mention it, and when it is a rider's no longer. That shows in the view itself: only its rider
 * and its customer are ever shown the door, and a customer always; where one view of an order has the door and another has not, the reader
 * is a rider, and the order is his as long as the newer one has it.
 */
export class OrderBook {
  readonly #orders = new Map<string, OrderView>()
  /** Shown at a version of which only the status is known. */
  readonly #sketched = new Set<string>()
  /** Versions at which a rider has lost his orders: what is older does not bring them back. */
  readonly #lost = new Map<string, number>()
  readonly #listeners = new Set<() => void>()

  /** Newest first. */
  get all(): readonly OrderView[] {
    return [...this.#orders.values()].sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1))
  }

  get(orderId: string): OrderView | undefined {
    return this.#orders.get(orderId)
  }

  /** Called after anything that the book shows has changed. @returns a function that ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes a view that was pushed or acked. False: it is not newer than what is shown, or shows that the order is lost. */
  take(order: OrderView): boolean {
    const shown = this.#orders.get(order.id)
    if (shown && hasDoor(shown) !== hasDoor(order)) {
      const newer = order.version > shown.version ? order : shown
      if (!hasDoor(newer)) return this.#lose(newer)
    }
    const known = Math.max(shown?.version ?? 0, this.#lost.get(order.id) ?? 0)
    if (order.version < known || (order.version === known && !this.#sketched.has(order.id))) return false
    this.#sketched.delete(order.id)
    this.#orders.set(order.id, order)
    this.#changed()
    return true
  }

  /** A refusal has told where an order stands. What else has changed comes with the view, by its push or the next sync. */
  note(orderId: string, { version, status }: Progress): void {
    const shown = this.#orders.get(orderId)
    if (!shown || version <= shown.version) return
    this.#sketched.add(orderId)
    this.#orders.set(orderId, { ...shown, version, status })
    this.#changed()
  }

  /** A new connection tells everything that is open; what it does not mention ended while the client was away. */
  sync({ orders }: Sync): void {
    const open = new Set(orders.map(({ id }) => id))
    for (const id of this.#orders.keys()) if (!open.has(id)) this.#forget(id)
    this.#lost.clear()
    for (const order of orders) this.take(order)
    this.#changed()
  }

  #lose({ id, version }: OrderView): false {
    this.#forget(id)
    this.#lost.set(id, version)
    this.#changed()
    return false
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #forget(id: string): void {
    this.#orders.delete(id)
    this.#sketched.delete(id)
  }
}

const hasDoor = ({ deliverTo }: OrderView): boolean => deliverTo.address !== undefined
