import type { OrderView } from '../../server/contract/order-view.ts'
import { useWords } from '../web/language.tsx'
import { ORDER_WORDS } from './order-words.ts'
import './order-lines.css'

/** What is to be cooked, to be read from a metre away; more than one of it stands out. */
export const OrderLines = ({ lines }: { readonly lines: OrderView['items'] }) => {
  const words = useWords(ORDER_WORDS)
  return (
    <ul className="order-lines">
      {lines.map(({ name, quantity, choices }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an order never move, and two may be alike
        <li key={place} className="order-line">
          <span className={`order-line-count number${quantity > 1 ? ' order-line-many' : ''}`}>
            <span aria-hidden="true">{quantity}</span>
            <span className="visually-hidden">{words.quantity(quantity)}</span>
          </span>
          <span>
            {name}
            {choices.length > 0 && <span className="order-line-choices">{choices.map(choice => choice.name).join(', ')}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
