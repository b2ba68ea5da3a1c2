import { countdown } from '../../web/format.ts'
import { useWords } from '../../web/language.tsx'
import { useNow } from '../../web/use-now.ts'
import { ORDER_WORDS } from './order-words.ts'

/** Until the kitchen has promised to be done, by the server's clock. It is not read out each second. */
export const Countdown = ({ until }: { readonly until: string }) => {
  const words = useWords(ORDER_WORDS)
  const leftMs = Date.parse(until) - useNow()
  if (leftMs <= 0) return <p>{words.lateReady}</p>
  return (
    <p className="order-countdown" role="timer">
      <span>{words.untilReady}</span>
      <strong className="number">{countdown(leftMs)}</strong>
    </p>
  )
}
