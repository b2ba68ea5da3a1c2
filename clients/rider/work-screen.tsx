import { Link } from 'wouter'
import { shortId } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { APP_WORDS } from './app-words.ts'
import { useBoard } from './board-context.tsx'
import { BoardScreen } from './board-screen.tsx'
import { Delivery } from './delivery.tsx'
import { useRiderOrders } from './orders-context.tsx'

/** What there is to do now: the delivery in hand, or else those near. */
export const WorkScreen = () => {
  const [first, ...others] = useRiderOrders().hand
  const { offers } = useBoard()
  const words = useWords(APP_WORDS)
  if (!first) return <BoardScreen />
  return (
    <>
      <Delivery order={first} />
      {others.map(order => (
        <Link key={order.id} className="button button-quiet" href={`/orders/${order.id}`}>
          {words.inHand} · {shortId(order.id)}
        </Link>
      ))}
      <Link className="button button-bare" href="/nearby">
        {words.more(offers.length)}
      </Link>
    </>
  )
}

/** The board, also for who has something in hand. */
export const NearbyScreen = () => {
  const [first] = useRiderOrders().hand
  const words = useWords(APP_WORDS)
  return (
    <>
      {first && (
        <Link className="button button-primary button-large" href={`/orders/${first.id}`}>
          {words.inHand}
        </Link>
      )}
      <BoardScreen />
    </>
  )
}
