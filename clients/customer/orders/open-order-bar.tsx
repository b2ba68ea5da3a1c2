import { Link } from 'wouter'
import { useWords } from '../../web/language.tsx'
import { useOrders } from '../../web/live-context.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { isOver } from '../order/standing.ts'

/** The way to the newest order that is under way. */
export const OpenOrderBar = () => {
  const words = useWords(FRAME_WORDS)
  const statusWords = useWords(STATUS_WORDS)
  const [newest, ...others] = useOrders().filter(order => !isOver(order))
  if (!newest) return null
  return (
    <Link href={`/orders/${newest.id}`} className="bar bar-order">
      <span className="bar-text">
        <span>{newest.store.name}</span>
        {others.length > 0 && <span className="soft small">{words.more(others.length)}</span>}
      </span>
      <strong>{statusWords[newest.status]}</strong>
    </Link>
  )
}
