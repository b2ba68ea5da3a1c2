import { Button } from '../design/button.tsx'
import { shortId } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { UNDO_MS } from './held-taps.ts'
import { useHands } from './kitchen-context.tsx'
import type { OrderCardProps } from './order-card.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { useTick } from './tick.tsx'

/** What there is to do with it now: one thing, as large as a thumb in a glove. */
export const OrderActs = ({ order, column, held, onAnswer }: OrderCardProps) => {
  const words = useWords(ORDER_WORDS)
  const { hold } = useHands()
  const of = (what: string): string => `${what} ${shortId(order.id)}`
  if (held) return <Undo held={held} />
  switch (column) {
    case 'new':
      return (
        <div className="order-acts">
          <Button size="large" aria-label={of(words.reject)} onPress={() => onAnswer('reject', order.id)}>
            {words.reject}
          </Button>
          <Button look="primary" size="large" wide aria-label={of(words.accept)} onPress={() => onAnswer('accept', order.id)}>
            {words.accept}
          </Button>
        </div>
      )
    case 'accepted':
    case 'cooking': {
      const name = column === 'accepted' ? 'startCooking' : 'finishCooking'
      return (
        <Button look="primary" size="large" wide aria-label={of(words[name])} onPress={() => hold({ name, orderId: order.id })}>
          {words[name]}
        </Button>
      )
    }
    default:
      return null
  }
}

/** The tap waits on the tablet for as long as this is here. */
const Undo = ({ held }: { readonly held: NonNullable<OrderCardProps['held']> }) => {
  const words = useWords(ORDER_WORDS)
  const { kitchen } = useHands()
  const { key, command, dueMs } = held
  // Ticks once a second; how much is left is the device's own affair, for the tap was made by its clock.
  const seconds = useTick(() => Math.min(Math.max(1, Math.ceil((dueMs - Date.now()) / 1_000)), UNDO_MS / 1_000))
  const what = command.name === 'finishCooking' ? words.held.finishCooking : words.held.startCooking
  return (
    <div className="order-undo">
      <p className="small" role="status">
        {what}
      </p>
      <Button
        autoFocus
        size="large"
        wide
        aria-label={`${words.undo(seconds)} ${shortId(command.orderId)}`}
        onPress={() => kitchen.undo(key)}
      >
        ↶ {words.undo(seconds)}
      </Button>
    </div>
  )
}
