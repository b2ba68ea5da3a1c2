import type { OrderContext } from '../../machines/order-types.ts'

interface Parties {
  readonly customer: { readonly id: string }
  readonly store: { readonly id: string }
}

/** An hour of the busiest gateway; about 150 bytes each. */
const REMEMBERED = 100_000

/**
 * Whose an order is, once this gateway has come across it. Its customer and its store never change, so they are asked of the log once and
 * not at every command; its rider does, and is the actor's to know.
 */
export class KnownParties {
  readonly #known = new Map<string, Parties>()

  /** Undefined: not known here, which says nothing of whether there is such an order. */
  of(orderId: string): Parties | undefined {
    return this.#known.get(orderId)
  }

  note({ id, customer, store }: Parties & Pick<OrderContext, 'id'>): void {
    if (this.#known.has(id)) return
    this.#known.set(id, { customer: { id: customer.id }, store: { id: store.id } })
    const [oldest] = this.#known.keys()
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }
}
