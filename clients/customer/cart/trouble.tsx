import { Card } from '../../design/card.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { whenText } from '../stores/opening.ts'
import { CART_WORDS } from './cart-words.ts'
import type { RefusedOrder } from './refused-order.ts'
import type { Placing } from './use-place-order.ts'

const Refused = ({ refused: { code, message, from, paused, lastOrder } }: { readonly refused: RefusedOrder }) => {
  const words = useWords(CART_WORDS)
  const { language } = useLanguage()
  const when = from === undefined ? undefined : whenText(from, language)
  const closed = paused ? words.paused : lastOrder ? words.lastOrder : words.closed
  const [what, then] =
    code === 'STORE_CLOSED'
      ? [closed, when && words.from(when)]
      : code === 'STORE_BUSY'
        ? [words.busy, when && words.nextSlot(when)]
        : [message, undefined]
  return (
    <Card tone="alert">
      <div className="cart-trouble" role="alert">
        <strong>{what}</strong>
        {then !== undefined && <p>{then}</p>}
      </div>
    </Card>
  )
}

/** Why there is no order yet. */
export const Trouble = ({ placing }: { readonly placing: Placing }) => {
  if (placing.at === 'refused') return <Refused refused={placing.refused} />
  return placing.at === 'silent' ? <Problem error={placing.error} /> : null
}
