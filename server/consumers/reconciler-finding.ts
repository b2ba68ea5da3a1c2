import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { TossTransaction } from '../outside/toss-payment.ts'
import { isInDoubt } from '../payment-doubt.ts'

/**
 * `agreed`: the order knows. `doubt`: it does not, and can look. For operators: `nobodysOrder`, money without an order of ours;
 * `otherAmount`, not what the order costs; `unasked`, charged though the order has not begun to pay; `givenBackElsewhere`, refunded by hand,
 * while the order goes on as paid.
 */
export type Finding = 'agreed' | 'doubt' | 'nobodysOrder' | 'otherAmount' | 'unasked' | 'givenBackElsewhere'

/** What one movement of money means for its order as it is now. @param record the order's newest, if there is one */
export const findingOf = ({ status, amount }: TossTransaction, record: Pick<ActorRecord, 'state'> | undefined): Finding => {
  if (record === undefined) return 'nobodysOrder'
  const { payment, refund } = orderRegions(record.state)
  if (status !== 'DONE') return payment === 'approved' && refund === 'none' ? 'givenBackElsewhere' : 'agreed'
  if (amount !== orderContext(record.state).total) return 'otherAmount'
  if (isInDoubt(payment, status)) return 'doubt'
  return payment === 'idle' ? 'unasked' : 'agreed'
}
