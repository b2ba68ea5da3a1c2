import { useCallback, useMemo, useState } from 'react'
import { useWords } from '../web/language.tsx'
import { useConnected } from '../web/live-context.tsx'
import { AnswerDialog, type Asking } from './answer-dialog.tsx'
import { COLUMNS, columnsOf, unseenOf } from './columns.ts'
import { useFeed } from './feed.tsx'
import { useHands, useTaps } from './kitchen-context.tsx'
import { OrderColumn } from './order-column.tsx'
import { ORDER_WORDS } from './order-words.ts'
import './orders-page.css'

/** The feed: everything that is in hand, in the columns of a kitchen's way. */
export const OrdersPage = () => {
  const words = useWords(ORDER_WORDS)
  const { orders, away } = useFeed()
  const connected = useConnected()
  const taps = useTaps()
  const { looked, acknowledge } = useHands()
  const [asking, setAsking] = useState<Asking>()
  const columns = useMemo(() => columnsOf(orders, taps), [orders, taps])
  const ringing = useMemo(() => new Set(unseenOf(orders, taps.waiting, looked).map(({ id }) => id)), [orders, taps, looked])
  const asked = asking && columns.new.find(({ order }) => order.id === asking.orderId)?.order
  const answer = useCallback((kind: Asking['kind'], orderId: string): void => {
    setAsking({ kind, orderId })
  }, [])
  return (
    <main className="orders">
      <h1 className="visually-hidden">{words.title}</h1>
      {!connected && orders.length === 0 && (
        <p className="orders-loading soft" role="status">
          {words.loading}
        </p>
      )}
      <div className="orders-columns">
        {COLUMNS.map(column => (
          <OrderColumn key={column} column={column} cards={columns[column]} ringing={ringing} away={away} onAnswer={answer} />
        ))}
      </div>
      {asking && asked && (
        <AnswerDialog
          asking={asking}
          order={asked}
          onClose={() => setAsking(undefined)}
          onSeen={() => ringing.has(asked.id) && acknowledge([asked])}
        />
      )}
    </main>
  )
}
