import type { OrderView, Ticket } from '../../../server/contract/order-view.ts'
import { Card } from '../../design/card.tsx'
import { clockTime, countdown } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { useNow } from '../../web/use-now.ts'
import { useTicket } from './news-context.tsx'
import { ORDER_WORDS } from './order-words.ts'

/** Time left is told to a quarter of a minute: a place moves in steps, and a number that jumps up is not believed. */
const STEP_MS = 15_000

const Place = ({ ticket: { position, retryAfterMs, expiresAt } }: { readonly ticket: Ticket }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  return (
    <>
      <p className="waiting-place">{words.place(position)}</p>
      <p>{words.about(countdown(Math.ceil(retryAfterMs / STEP_MS) * STEP_MS))}</p>
      {expiresAt !== '' && <TimeLeft until={expiresAt} text={words.holdsUntil(clockTime(expiresAt, language))} />}
    </>
  )
}

/** How long the place itself holds. */
const TimeLeft = ({ until, text }: { readonly until: string; readonly text: string }) => {
  const leftMs = Date.parse(until) - useNow()
  return (
    <p className="soft small">
      {text} <span className="number">({countdown(leftMs)})</span>
    </p>
  )
}

/** A payment that waits for its turn: the place, the time, and that nothing need be done. */
export const WaitingRoom = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const ticket = useTicket(order.id) ?? order.payment.ticket
  return (
    <Card tone="alert">
      <h2>{words.waiting}</h2>
      <p>{words.waitingText}</p>
      {ticket ? <Place ticket={ticket} /> : <p>{words.placeUnknown}</p>}
    </Card>
  )
}
