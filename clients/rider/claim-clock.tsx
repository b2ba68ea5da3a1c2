import { countdown } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { useNow } from '../web/use-now.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import './claim-clock.css'

/** From here on it is worth a warning colour, ms. */
const SHORT_MS = 120_000

/** Until when the delivery is kept for him. */
export const ClaimClock = ({ until }: { readonly until: string }) => {
  const words = useWords(DELIVERY_WORDS)
  const leftMs = Date.parse(until) - useNow()
  return (
    <div className={`claim-clock${leftMs < SHORT_MS ? ' claim-clock-short' : ''}`}>
      <p>
        {words.until}{' '}
        <strong className="claim-clock-left number" role="timer">
          {countdown(leftMs)}
        </strong>
      </p>
      <p className="small">{leftMs > 0 ? words.untilWhy : words.lapsed}</p>
    </div>
  )
}
