import { useRef, useState } from 'react'
import type { ErrorBody } from '../../../server/contract/errors.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { NoAnswer } from '../../shared/refusals.ts'
import { useLive } from '../../web/live-context.tsx'
import { forgetSent, noteSent } from './sent-payments.ts'

export type Paying =
  | { readonly at: 'rest' }
  | { readonly at: 'busy' }
  | { readonly at: 'refused'; readonly error: ErrorBody }
  /** Nobody knows yet: the same key may be sent again. */
  | { readonly at: 'silent'; readonly error: unknown }

interface Payment {
  readonly paying: Paying
  /** The order as it is once the server has it; undefined: it has not, or nobody knows. */
  pay(paymentKey: string): Promise<OrderView | undefined>
}

/** Sends a payment key, once: the key itself makes a repeat harmless. */
export const usePay = (orderId: string): Payment => {
  const live = useLive()
  const [paying, setPaying] = useState<Paying>({ at: 'rest' })
  const isBusy = useRef(false)
  const pay: Payment['pay'] = async paymentKey => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setPaying({ at: 'busy' })
    noteSent(orderId, paymentKey)
    try {
      const ack = await live.command({ name: 'pay', orderId, paymentKey, idempotencyKey: paymentKey })
      if (ack.ok) {
        setPaying({ at: 'rest' })
        return ack.order
      }
      // Refused by its state: it may be that another payment is under way, so what was noted stays.
      if (ack.error.code !== 'ORDER_REFUSED') forgetSent(orderId)
      setPaying({ at: 'refused', error: ack.error })
      return undefined
    } catch (error) {
      if (error instanceof NoAnswer && error.code === 'NOT_SENT') forgetSent(orderId)
      setPaying({ at: 'silent', error })
      return undefined
    } finally {
      isBusy.current = false
    }
  }
  return { paying, pay }
}
