import type { OrderView } from '../../server/contract/order-view.ts'
import { Card } from '../design/card.tsx'
import { useWords } from '../web/language.tsx'
import { DELIVERY_WORDS } from './delivery-words.ts'
import './bag-card.css'

/** Which bag it is: the name on it, and what must be in it. */
export const BagCard = ({ order: { customer, items, note } }: { readonly order: OrderView }) => {
  const words = useWords(DELIVERY_WORDS)
  return (
    <Card>
      <h2 className="bag-card-name">{customer.name === undefined ? words.bag : words.bagOf(customer.name)}</h2>
      <ul className="bag-card-items">
        {items.map(({ menuId, name, quantity, choices }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same dish may be there twice, and the lines of an order do not move
          <li key={`${menuId} ${i}`}>
            <span>
              {name}
              {choices.length > 0 && <span className="soft small"> · {choices.map(choice => choice.name).join(', ')}</span>}
            </span>
            <strong className="number">×{quantity}</strong>
          </li>
        ))}
      </ul>
      {note !== undefined && (
        <p className="bag-card-note">
          <strong>{words.note}</strong> {note}
        </p>
      )}
    </Card>
  )
}
