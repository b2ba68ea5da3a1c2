import { Button } from '../../design/button.tsx'
import { Stepper } from '../../design/stepper.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { STORES_WORDS } from '../stores/stores-words.ts'
import type { BillLine } from './bill.ts'
import { MOST_OF_ONE } from './cart.ts'
import { CART_WORDS } from './cart-words.ts'

export interface CartLineRowProps {
  readonly bill: BillLine
  /** The server would not take the order because of it. */
  readonly isAtFault: boolean
  onQuantity(quantity: number): void
}

/** One line: what, how many, how much; and what is wrong with it. */
export const CartLineRow = ({ bill, isAtFault, onQuantity }: CartLineRowProps) => {
  const words = useWords(CART_WORDS)
  const { less, more, quantityOf } = useWords(STORES_WORDS)
  const { language } = useLanguage()
  const { line } = bill
  return (
    <li className="cart-line">
      <div className="page-row">
        <h3>{line.name}</h3>
        <Button look="bare" aria-label={words.removeOf(line.name)} onPress={() => onQuantity(0)}>
          {words.remove}
        </Button>
      </div>
      {line.choices.length > 0 && <p className="soft small">{line.choices.map(({ name }) => name).join(', ')}</p>}
      {bill.kind === 'refused' && <p className="cart-line-fault">{words.refused[bill.code]}</p>}
      {bill.kind === 'priced' && bill.before !== undefined && (
        <p className="cart-line-fault">{words.changed(won(bill.before, language), won(bill.unitPrice, language))}</p>
      )}
      {bill.kind === 'priced' && isAtFault && <p className="cart-line-fault">{words.atFault}</p>}
      <div className="page-row">
        <Stepper
          label={quantityOf(line.name)}
          less={less}
          more={more}
          value={line.quantity}
          least={1}
          most={MOST_OF_ONE}
          onChange={onQuantity}
        />
        {bill.kind === 'priced' && <strong className="number">{won(bill.lineTotal, language)}</strong>}
      </div>
    </li>
  )
}
