import { Link } from 'wouter'
import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Badge } from '../../design/badge.tsx'
import { Card } from '../../design/card.tsx'
import { clockTime, dayAndTime, won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { useNow } from '../../web/use-now.ts'
import { ReorderButton } from '../cart/reorder-button.tsx'
import { ORDER_WORDS } from '../order/order-words.ts'
import { isOver, isPayableAgain, itemsText } from '../order/standing.ts'
import { ORDERS_WORDS } from './orders-words.ts'
import './orders.css'

const toneOf = (status: OrderStatus): 'good' | 'bad' | 'wait' | 'info' => {
  if (status === 'confirmed' || status === 'delivered') return 'good'
  if (['rejected', 'canceled', 'expired', 'paymentFailed'].includes(status)) return 'bad'
  return status === 'paying' || status === 'paymentWaiting' ? 'wait' : 'info'
}

/** One order of the list. */
export const OrderCard = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDERS_WORDS)
  const { more, payAgain, payBy: until } = useWords(ORDER_WORDS)
  const statusWords = useWords(STATUS_WORDS)
  const { language } = useLanguage()
  const now = useNow(5_000)
  const { id, store, status, total, placedAt, payBy } = order
  return (
    <li>
      <Card>
        <Link href={`/orders/${id}`} className="order-card">
          <span className="page-row">
            <strong>{store.name}</strong>
            <Badge tone={toneOf(status)}>{statusWords[status]}</Badge>
          </span>
          <span>{itemsText(order, more)}</span>
          <span className="page-row soft small number">
            <time dateTime={placedAt}>{dayAndTime(placedAt, language)}</time>
            <span>{won(total, language)}</span>
          </span>
          {isPayableAgain(order, now) && payBy !== undefined && <span className="small">{until(clockTime(payBy, language))}</span>}
          <span className="visually-hidden">{words.detail(store.name)}</span>
        </Link>
        {isPayableAgain(order, now) && (
          <Link href={`/orders/${id}/pay`} className="button button-primary button-normal">
            {payAgain}
          </Link>
        )}
        {isOver(order, now) && <ReorderButton order={order} />}
      </Card>
    </li>
  )
}
