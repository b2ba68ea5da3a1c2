import { memo } from 'react'
import { Badge } from '../design/badge.tsx'
import { distance, shortId, won } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import type { Column, ColumnCard } from './columns.ts'
import { OrderActs } from './order-acts.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderNote } from './order-note.tsx'
import { orderTimeAt } from './order-time.ts'
import { ORDER_WORDS } from './order-words.ts'
import { useTick } from './tick.tsx'
import './order-card.css'

export interface OrderCardProps extends ColumnCard {
  readonly column: Column
  /** Nobody has looked at it yet. */
  readonly rings: boolean
  /** Of the rider who comes; absent: not known. */
  readonly riderM: number | undefined
  readonly riderStale: boolean
  readonly onAnswer: (kind: 'accept' | 'reject', orderId: string) => void
}

/** One order in its column. Drawn again only when something on it has changed: there may be two hundred. */
export const OrderCard = memo(function OrderCard(card: OrderCardProps) {
  const { order, column, rings, waits, prepMinutes } = card
  const { language } = useLanguage()
  const words = useWords(ORDER_WORDS)
  const titleId = `order-${order.id}`
  return (
    <article className={`order-card${rings ? ' order-card-rings' : ''}`} aria-labelledby={titleId}>
      <header className="order-card-top">
        <h3 id={titleId} className="order-card-id number">
          {shortId(order.id)}
        </h3>
        <OrderClock column={column} order={order} />
      </header>
      {rings && <Badge>{words.isNew}</Badge>}
      {waits !== 'no' && (
        <p className="order-card-waits">
          <Badge tone={waits === 'waiting' ? 'wait' : 'info'}>{words.waits[waits]}</Badge>
          {column === 'accepted' && prepMinutes !== undefined && order.prepReadyAt === undefined && (
            <span className="small">{words.promised(prepMinutes)}</span>
          )}
        </p>
      )}
      <OrderLines lines={order.items} />
      <OrderNote note={order.note} />
      <p className="order-card-bag">
        <strong>{words.bag(order.customer.name ?? words.nameless)}</strong>
        <span className="number">{won(order.total, language)}</span>
      </p>
      <Rider {...card} />
      <OrderActs {...card} />
    </article>
  )
})

const OrderClock = ({ column, order }: Pick<OrderCardProps, 'column' | 'order'>) => {
  const words = useWords(ORDER_WORDS)
  const kind = useTick(nowMs => orderTimeAt(nowMs, column, order).kind)
  const minutes = useTick(nowMs => orderTimeAt(nowMs, column, order).minutes)
  return <span className={`order-clock order-clock-${kind} number`}>{words.time[kind](minutes)}</span>
}

const Rider = ({ order, column, riderM, riderStale }: OrderCardProps) => {
  const words = useWords(ORDER_WORDS)
  if (column !== 'ready' && column !== 'riding') return null
  const name = order.rider?.name ?? words.rider.nameless
  if (column === 'riding') return <p className="order-card-rider">{words.rider.has(name)}</p>
  if (!order.rider) return <p className="order-card-rider soft">{words.rider.none}</p>
  return (
    <p className="order-card-rider">
      {words.rider.comes(name)}
      {riderM !== undefined && (
        <span className="order-card-away number">
          {words.away(distance(riderM))}
          {riderStale && ` · ${words.stale}`}
        </span>
      )}
    </p>
  )
}
