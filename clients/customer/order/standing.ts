import { ENDED, type OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'

/** How an order ends that was not brought. */
export const UNDELIVERED: readonly OrderStatus[] = ['rejected', 'canceled', 'expired']
/** From when the kitchen has begun, nobody cancels any more. */
const CANCELABLE: readonly OrderStatus[] = ['paying', 'paymentWaiting', 'paymentFailed', 'placed', 'accepted']

type Payable = Pick<OrderView, 'status' | 'payBy'>
type Standing = Payable & Pick<OrderView, 'refund'>

/** A card said no, and there is still time for another one. @param nowMs the server's time */
export const isPayableAgain = ({ status, payBy }: Payable, nowMs: number): boolean =>
  status === 'paymentFailed' && payBy !== undefined && Date.parse(payBy) > nowMs

/** Nothing more will happen to it, and its money is where it belongs. @param nowMs the server's time */
export const isOver = (order: Standing, nowMs: number): boolean =>
  ENDED.includes(order.status) && order.refund !== 'pending' && !isPayableAgain(order, nowMs)

export const isCancelable = ({ status }: Pick<OrderView, 'status'>): boolean => CANCELABLE.includes(status)

export type PayingState = 'none' | 'toPay' | 'checking' | 'waiting' | 'declined'

/** Where it stands with the money while the order waits for it. @param sent a payment has been sent from this device @param nowMs the server's time */
export const payingState = (order: Payable & Pick<OrderView, 'payment'>, sent: boolean, nowMs: number): PayingState => {
  const { status, payment } = order
  if (status === 'paymentWaiting') return 'waiting'
  if (isPayableAgain(order, nowMs)) return 'declined'
  if (status !== 'paying') return 'none'
  return payment.status === 'unknown' || sent ? 'checking' : 'toPay'
}

export const itemsText = ({ items: [first, ...rest] }: Pick<OrderView, 'items'>, more: (count: number) => string): string =>
  first === undefined ? '' : `${first.name}${rest.length === 0 ? '' : ` ${more(rest.length)}`}`
