import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { clockTime } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Countdown } from './countdown.tsx'
import { Money } from './money.tsx'
import { ORDER_WORDS } from './order-words.ts'
import type { PayingState } from './standing.ts'

const BAD: readonly OrderStatus[] = ['rejected', 'canceled', 'expired', 'paymentFailed']
const IN_KITCHEN: readonly OrderStatus[] = ['accepted', 'cooking']

export interface HeadlineProps {
  readonly order: OrderView
  /** With the money. */
  readonly paying: PayingState
}

/** What is happening now, in a sentence that is read out when it changes. */
export const Headline = ({ order, paying }: HeadlineProps) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const { status, reason, prepReadyAt, payBy } = order
  const isChecking = paying === 'checking'
  const then = status === 'paymentFailed' && paying === 'none' ? words.payTooLate : words.next[status]
  const [now, next] = isChecking ? [words.checking, words.checkingText] : [words.now[status], then]
  const isPayable = payBy !== undefined && (paying === 'toPay' || paying === 'declined')
  return (
    <section className={`order-now${BAD.includes(status) ? ' order-now-bad' : isChecking ? ' order-now-wait' : ''}`}>
      <div role="status">
        <h2>{now}</h2>
        {next !== undefined && <p>{next}</p>}
        {isPayable && <p>{words.payBy(clockTime(payBy, language))}</p>}
        {BAD.includes(status) && reason !== undefined && <p>{words.reason(words.reasons[reason] ?? reason)}</p>}
        <Money order={order} />
      </div>
      {IN_KITCHEN.includes(status) && prepReadyAt !== undefined && <Countdown until={prepReadyAt} />}
    </section>
  )
}
