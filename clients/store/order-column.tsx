import { useWords } from '../web/language.tsx'
import type { Column, ColumnCard } from './columns.ts'
import { OrderCard, type OrderCardProps } from './order-card.tsx'
import { ORDER_WORDS } from './order-words.ts'
import type { RiderAway } from './rider-places.ts'

export interface OrderColumnProps extends Pick<OrderCardProps, 'column' | 'onAnswer'> {
  readonly column: Column
  readonly cards: readonly ColumnCard[]
  readonly ringing: ReadonlySet<string>
  readonly away: ReadonlyMap<string, RiderAway>
}

/** It scrolls by itself: what is far down in one column moves no other. */
export const OrderColumn = ({ column, cards, ringing, away, onAnswer }: OrderColumnProps) => {
  const words = useWords(ORDER_WORDS)
  const titleId = `column-${column}`
  return (
    <section className={`order-column order-column-${column}`} aria-labelledby={titleId}>
      <header className="order-column-top">
        <h2 id={titleId}>{words.columns[column]}</h2>
        <span className="order-column-count number">{words.count(cards.length)}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard, also when no card in it has a button */}
      <section className="order-column-cards" aria-labelledby={titleId} tabIndex={0}>
        {cards.length === 0 && <p className="order-column-empty soft">{words.empty[column]}</p>}
        {cards.map(card => (
          <OrderCard
            key={card.order.id}
            {...card}
            column={column}
            rings={ringing.has(card.order.id)}
            riderM={away.get(card.order.id)?.metres}
            riderStale={away.get(card.order.id)?.stale ?? false}
            onAnswer={onAnswer}
          />
        ))}
      </section>
    </section>
  )
}
