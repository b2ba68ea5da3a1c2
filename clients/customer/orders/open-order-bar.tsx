import { Link } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { useRead } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { useOrders } from '../../web/live-context.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { useNow } from '../../web/use-now.ts'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { isPayableAgain } from '../order/standing.ts'
import { historyOf } from './history.ts'

/** To the server an order whose payment failed is over, so no connection brings it back: those that can still be paid are asked for. */
const DECLINED = '/api/orders?status=paymentFailed&limit=5'

/** The way to the newest order that is under way. */
export const OpenOrderBar = () => {
  const words = useWords(FRAME_WORDS)
  const statusWords = useWords(STATUS_WORDS)
  const now = useNow(5_000)
  const { data } = useRead<{ readonly items: readonly OrderView[] }>(DECLINED, { everyMs: 60_000 })
  const [newest, ...others] = historyOf(useOrders(), data?.items ?? [], now).open
  if (!newest) return null
  return (
    <Link href={`/orders/${newest.id}`} className="bar bar-order">
      <span className="bar-text">
        <span>{newest.store.name}</span>
        {others.length > 0 && <span className="soft small">{words.more(others.length)}</span>}
      </span>
      <strong>{isPayableAgain(newest, now) ? words.payAgain : statusWords[newest.status]}</strong>
    </Link>
  )
}
