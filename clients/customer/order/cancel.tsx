import { useState } from 'react'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { CANCEL_WORDS } from './cancel-words.ts'
import { isCancelable } from './standing.ts'
import { type Acting, useAct } from './use-act.ts'

/** Why it came too late, in the order of who was first. */
const useTooLate = ({ status }: OrderView): string => {
  const words = useWords(CANCEL_WORDS)
  const statusWords = useWords(STATUS_WORDS)
  return words.ended[status] ?? (status === 'cooking' ? words.reasonCooking : words.beaten(statusWords[status]))
}

interface QuestionProps {
  readonly order: OrderView
  readonly acting: Acting
  onYes(): void
  onClose(): void
}

/** The order has moved on, or the server has said no; not while one's own cancel is on its way. */
const isTooLate = (order: OrderView, acting: Acting): boolean => acting.at === 'refused' || (acting.at !== 'busy' && !isCancelable(order))

const Question = ({ order, acting, onYes, onClose }: QuestionProps) => {
  const words = useWords(CANCEL_WORDS)
  const tooLate = useTooLate(order)
  if (isTooLate(order, acting))
    return (
      <>
        <p role="alert">{acting.at === 'refused' && isCancelable(order) ? acting.refused.message : tooLate}</p>
        <div className="dialog-acts">
          <Button look="primary" onPress={onClose}>
            {words.close}
          </Button>
        </div>
      </>
    )
  return (
    <>
      <p>{order.payment.status === 'approved' ? words.paidText : words.text}</p>
      {acting.at === 'silent' && <Problem error={acting.error} />}
      <div className="dialog-acts">
        <Button onPress={onClose}>{words.no}</Button>
        <Button look="danger" isPending={acting.at === 'busy'} onPress={onYes}>
          {words.yes}
        </Button>
      </div>
    </>
  )
}

/** While it can be canceled: the way to do so. The kitchen may be faster, and then that is said. */
export const Cancel = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(CANCEL_WORDS)
  const { acting, act, rest } = useAct(order.id, 'cancel')
  const [isOpen, open] = useState(false)
  const close = (): void => {
    open(false)
    rest()
  }
  const yes = async (): Promise<void> => {
    if (await act()) close() // the order itself says the rest
  }
  return (
    <>
      {isCancelable(order) && (
        <Button look="bare" onPress={() => open(true)}>
          {words.cancel}
        </Button>
      )}
      <Dialog title={isTooLate(order, acting) ? words.tooLate : words.title} look="sheet" isOpen={isOpen} onClose={close}>
        <Question order={order} acting={acting} onYes={() => void yes()} onClose={close} />
      </Dialog>
    </>
  )
}
