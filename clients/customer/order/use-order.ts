import type { OrderView } from '../../../server/contract/order-view.ts'
import { useRead } from '../../web/api-context.tsx'
import { useOrders } from '../../web/live-context.tsx'

export interface OrderRead {
  readonly order: OrderView | undefined
  readonly error: unknown
  again(): void
}

/** As it is pushed while it is open; one that ended while nobody looked is read once. Whichever is newer is shown. */
export const useOrder = (id: string): OrderRead => {
  const pushed = useOrders().find(order => order.id === id)
  const { data, error, mutate } = useRead<OrderView>(pushed === undefined ? `/api/orders/${id}` : null)
  const read = data?.id === id ? data : undefined
  const order = read && (!pushed || read.version > pushed.version) ? read : pushed
  return { order, error: order === undefined ? error : undefined, again: () => void mutate() }
}
