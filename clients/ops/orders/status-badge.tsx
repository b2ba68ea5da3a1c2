import type { OrderView } from '../../../server/contract/order-view.ts'
import { Badge } from '../../design/badge.tsx'
import { useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { ORDER_WORDS } from './order-words.ts'

const TONES: Partial<Record<OrderView['status'], 'good' | 'bad' | 'wait'>> = {
  delivered: 'good',
  confirmed: 'good',
  paying: 'wait',
  paymentWaiting: 'wait',
  rejected: 'bad',
  canceled: 'bad',
  expired: 'bad',
  paymentFailed: 'bad',
}

/** Where an order is, and its refund when there is one. */
export const StatusBadge = ({ order: { status, refund } }: { readonly order: Pick<OrderView, 'status' | 'refund'> }) => {
  const statuses = useWords(STATUS_WORDS)
  const words = useWords(ORDER_WORDS)
  return (
    <>
      <Badge tone={TONES[status] ?? 'info'}>{statuses[status]}</Badge>{' '}
      {refund !== 'none' && (
        <Badge tone={refund === 'done' ? 'good' : 'wait'}>
          {words.refund} {words.refunds[refund]}
        </Badge>
      )}
    </>
  )
}
