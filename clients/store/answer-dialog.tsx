import { useEffect } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Dialog } from '../design/dialog.tsx'
import { shortId } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { AcceptForm } from './accept-form.tsx'
import { ANSWER_WORDS } from './answer-words.ts'
import { useHands } from './kitchen-context.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderNote } from './order-note.tsx'
import { RejectForm } from './reject-form.tsx'
import './answer-dialog.css'

export interface Asking {
  readonly kind: 'accept' | 'reject'
  readonly orderId: string
}

export interface AnswerDialogProps {
  readonly asking: Asking
  readonly order: OrderView
  readonly onClose: () => void
  /** Somebody is looking at it. */
  readonly onSeen: () => void
}

/** The two answers to a new order. It closes by itself when the order is not new any more. */
export const AnswerDialog = ({ asking: { kind }, order, onClose, onSeen }: AnswerDialogProps) => {
  const words = useWords(ANSWER_WORDS)
  const { tap } = useHands()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each order, when it is opened
  useEffect(() => {
    onSeen()
  }, [order.id])
  const orderId = order.id
  return (
    <Dialog title={words.title[kind](shortId(orderId))} isOpen onClose={onClose}>
      <OrderLines lines={order.items} />
      <OrderNote note={order.note} />
      {kind === 'accept' ? (
        <AcceptForm
          onAccept={prepMinutes => {
            tap({ name: 'accept', orderId, prepMinutes })
            onClose()
          }}
          onClose={onClose}
        />
      ) : (
        <RejectForm
          onReject={reason => {
            tap({ name: 'reject', orderId, reason })
            onClose()
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
