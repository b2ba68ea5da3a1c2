import type { OrderView } from '../../server/contract/order-view.ts'

const nameOf = (account: string): string => `orders of ${account}`

/** What was shown last, so that a tablet that is started again without a line is not empty. */
export const keepOrders = (storage: Pick<Storage, 'setItem'>, account: string, orders: readonly OrderView[]): void => {
  try {
    storage.setItem(nameOf(account), JSON.stringify(orders))
  } catch {
    // A full storage costs what is shown after a restart without a line, and nothing else.
  }
}

/** What cannot be read is nothing. */
export const keptOrders = (storage: Pick<Storage, 'getItem'>, account: string): readonly OrderView[] => {
  try {
    const read = JSON.parse(storage.getItem(nameOf(account)) ?? '[]') as unknown
    return Array.isArray(read) ? read.filter(isOrder) : []
  } catch {
    return []
  }
}

const isOrder = (order: Partial<OrderView> | null): order is OrderView =>
  typeof order?.id === 'string' && typeof order.version === 'number' && Array.isArray(order.items) && order.deliverTo !== undefined
