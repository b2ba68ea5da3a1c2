import type { ErrorBody } from '../../../server/contract/errors.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { NoAnswer } from '../../shared/refusals.ts'
import { useLive } from '../../web/live-context.tsx'
import { type Asking, useAsking } from '../asking.ts'
import { forgetSent, noteSent } from './sent-payments.ts'

interface Payment {
  readonly paying: Asking<ErrorBody>
  /** The order as it is once the server has it; undefined: it has not, or nobody knows. */
  pay(paymentKey: string): Promise<OrderView | undefined>
}

/** Sends a payment key, once: the key itself makes a repeat harmless. */
export const usePay = (orderId: string): Payment => {
  const live = useLive()
  const { asking, ask } = useAsking<ErrorBody>()
  const pay: Payment['pay'] = paymentKey =>
    ask(async () => {
      noteSent(orderId, paymentKey)
      try {
        const ack = await live.command({ name: 'pay', orderId, paymentKey, idempotencyKey: paymentKey })
        if (ack.ok) return { ok: true, yes: ack.order }
        // Refused by its state: it may be that another payment is under way, so what was noted stays.
        if (ack.error.code !== 'ORDER_REFUSED') forgetSent(orderId)
        return { ok: false, refused: ack.error }
      } catch (error) {
        if (error instanceof NoAnswer && error.code === 'NOT_SENT') forgetSent(orderId)
        throw error
      }
    })
  return { paying: asking, pay }
}
