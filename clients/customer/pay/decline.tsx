import type { OrderView } from '../../../server/contract/order-view.ts'
import { Card } from '../../design/card.tsx'
import { useWords } from '../../web/language.tsx'
import { PAY_WORDS } from './pay-words.ts'

/** The card said no: what that means, and the card's own reason. */
export const Decline = ({ order: { status, payment } }: { readonly order: OrderView }) => {
  const words = useWords(PAY_WORDS)
  if (status !== 'paymentFailed') return null
  return (
    <Card tone="alert">
      <div role="alert">
        <strong>{words.declined}</strong>
        <p>{words.declinedText}</p>
        {payment.message !== undefined && <p className="small">{words.reason(payment.message)}</p>}
      </div>
    </Card>
  )
}
