import type { OrderView } from '../../../server/contract/order-view.ts'
import { Card } from '../../design/card.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { ORDER_WORDS } from './order-words.ts'

/** What was ordered, where it goes, what it costs. */
export const OrderLines = ({ order: { items, total, deliverTo, note } }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  return (
    <Card>
      <h2>{words.items}</h2>
      <ul className="order-lines">
        {items.map(({ menuId, name, quantity, choices, lineTotal }) => (
          <li key={`${menuId} ${choices.map(({ id }) => id).join()}`} className="order-line">
            <span>
              {name} <span className="soft number">{words.count(quantity)}</span>
              {choices.length > 0 && <span className="soft small order-choices">{choices.map(choice => choice.name).join(', ')}</span>}
            </span>
            <span className="number">{won(lineTotal, language)}</span>
          </li>
        ))}
      </ul>
      <p className="page-row page-sum">
        <span>{words.total}</span>
        <span className="number">{won(total, language)}</span>
      </p>
      <dl className="order-facts">
        <dt className="soft small">{words.deliverTo}</dt>
        <dd>
          {deliverTo.address} {deliverTo.detail}
        </dd>
        {note !== undefined && (
          <>
            <dt className="soft small">{words.note}</dt>
            <dd>{note}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}
