import type { ErrorBody } from '../../server/contract/errors.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { Ack } from '../../server/contract/requests.ts'

/** How it ended for who wanted a delivery. */
export type ClaimEnd =
  | { readonly kind: 'won' }
  /** Another was first. */
  | { readonly kind: 'lost' }
  /** There is nothing to claim any more: it was canceled, or is over. */
  | { readonly kind: 'over' }
  /** He has as many in hand as he may. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly error: ErrorBody }

export const claimEnd = (ack: Ack<{ readonly order: OrderView }>): ClaimEnd => {
  if (ack.ok) return { kind: 'won' }
  switch (ack.error.code) {
    case 'ALREADY_PICKED':
      return { kind: 'lost' }
    case 'ORDER_REFUSED':
    case 'ORDER_NOT_FOUND':
      return { kind: 'over' }
    case 'RIDER_BUSY':
      return { kind: 'busy' }
    default:
      return { kind: 'refused', error: ack.error }
  }
}
