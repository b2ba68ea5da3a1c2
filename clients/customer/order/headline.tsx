import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { useWords } from '../../web/language.tsx'
import { Countdown } from './countdown.tsx'
import { Money } from './money.tsx'
import { ORDER_WORDS } from './order-words.ts'

const BAD: readonly OrderStatus[] = ['rejected', 'canceled', 'expired', 'paymentFailed']
const IN_KITCHEN: readonly OrderStatus[] = ['accepted', 'cooking']

/** What is happening now, in a sentence that is read out when it changes. */
export const Headline = ({ order, isChecking }: { readonly order: OrderView; readonly isChecking: boolean }) => {
  const words = useWords(ORDER_WORDS)
  const { status, reason, prepReadyAt } = order
  const [now, next] = isChecking ? [words.checking, words.checkingText] : [words.now[status], words.next[status]]
  return (
    <section className={`order-now${BAD.includes(status) ? ' order-now-bad' : isChecking ? ' order-now-wait' : ''}`}>
      <div role="status">
        <h2>{now}</h2>
        {next !== undefined && <p>{next}</p>}
        {BAD.includes(status) && reason !== undefined && <p>{words.reason(words.reasons[reason] ?? reason)}</p>}
        <Money order={order} />
      </div>
      {IN_KITCHEN.includes(status) && prepReadyAt !== undefined && <Countdown until={prepReadyAt} />}
    </section>
  )
}
