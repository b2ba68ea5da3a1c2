import { useWords } from '../web/language.tsx'
import { ORDER_WORDS } from './order-words.ts'
import './order-note.css'

/** What the customer has asked for, not to be overlooked. */
export const OrderNote = ({ note }: { readonly note: string | undefined }) => {
  const words = useWords(ORDER_WORDS)
  if (note === undefined) return null
  return (
    <p className="order-note">
      <strong>{words.note}</strong> {note}
    </p>
  )
}
