import { ENDED, type OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'

/** How an order ends that was not brought. */
export const UNDELIVERED: readonly OrderStatus[] = ['rejected', 'canceled', 'expired']
/** From when the kitchen has begun, nobody cancels any more. */
const CANCELABLE: readonly OrderStatus[] = ['paying', 'paymentWaiting', 'paymentFailed', 'placed', 'accepted']

type Standing = Pick<OrderView, 'status' | 'refund'>

/** Nothing more will happen to it, and its money is where it belongs. One whose payment failed may still be paid, but nobody waits for it. */
export const isOver = ({ status, refund }: Standing): boolean => ENDED.includes(status) && refund !== 'pending'

export const isCancelable = ({ status }: Pick<OrderView, 'status'>): boolean => CANCELABLE.includes(status)

/** Where it stands with the money while the order waits for it. @param sent a payment has been sent from this device */
export const payingState = (
  { status, payment }: Pick<OrderView, 'status' | 'payment'>,
  sent: boolean,
): 'none' | 'toPay' | 'checking' | 'waiting' | 'declined' => {
  if (status === 'paymentWaiting') return 'waiting'
  if (status === 'paymentFailed') return 'declined'
  if (status !== 'paying') return 'none'
  return payment.status === 'unknown' || sent ? 'checking' : 'toPay'
}

export const itemsText = ({ items: [first, ...rest] }: Pick<OrderView, 'items'>, more: (count: number) => string): string =>
  first === undefined ? '' : `${first.name}${rest.length === 0 ? '' : ` ${more(rest.length)}`}`
