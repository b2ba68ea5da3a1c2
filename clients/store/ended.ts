import type { OrderStatus } from '../../machines/order-types.ts'
import type { OrderView } from '../../server/contract/order-view.ts'

/** What a kitchen has in hand, or its rider. */
const IN_HAND: readonly OrderStatus[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked']
/** Ends that come from elsewhere: a cook has to hear of them. A refusal is the store's own. */
const LOST: readonly OrderStatus[] = ['canceled', 'expired']

const isInHand = ({ status }: Pick<OrderView, 'status'>): boolean => IN_HAND.includes(status)
const isLost = ({ status }: Pick<OrderView, 'status'>): boolean => LOST.includes(status)

/** An order that is lost, and where the kitchen was with it. */
export interface Lost {
  readonly order: OrderView
  readonly was: OrderStatus
}

export interface Change {
  /** They ended as nobody in the kitchen wanted it. */
  readonly lost: readonly Lost[]
  /** They are not in the book any more, and how they ended has to be asked. */
  readonly gone: readonly OrderView[]
}

/** What became of the orders that were in hand. @param before as they were shown @param now the book */
export const changeOf = (before: readonly OrderView[], now: readonly OrderView[]): Change => {
  const nowOf = new Map(now.map(order => [order.id, order]))
  const had = before.filter(isInHand)
  return {
    lost: had.flatMap(({ id, status }) => lostAs(nowOf.get(id), status)),
    // With its rider an order is as good as over: nothing in the kitchen hangs on how it ended.
    gone: had.filter(({ id, status }) => !nowOf.has(id) && status !== 'picked'),
  }
}

export const lostAs = (order: OrderView | undefined, was: OrderStatus): readonly Lost[] => (order && isLost(order) ? [{ order, was }] : [])
