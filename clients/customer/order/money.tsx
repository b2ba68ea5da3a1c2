import type { OrderView } from '../../../server/contract/order-view.ts'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { UNDELIVERED } from './standing.ts'

/** What becomes of the money of an order that was not delivered. */
export const Money = ({ order: { status, refund, payment, total } }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  if (!UNDELIVERED.includes(status)) return null
  if (refund === 'done') return <p>{words.refundDone(won(total, language))}</p>
  if (refund === 'pending') return <p>{words.refundPending}</p>
  return <p>{payment.status === 'unknown' ? words.refundLater : words.unpaid}</p>
}
