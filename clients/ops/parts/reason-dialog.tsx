import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { Field } from '../../design/field.tsx'
import { newKey } from '../../shared/new-key.ts'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { PARTS_WORDS } from './parts-words.ts'
import './parts.css'

export interface ReasonDialogProps {
  readonly title: string
  /** What it will do, to customers and to others. */
  readonly children: ReactNode
  /** On the button that does it: a verb. */
  readonly act: string
  readonly look?: 'primary' | 'danger'
  onClose(): void
  /** Does it. Called again with the same key while the reason is the same: who did not hear the answer may ask again. */
  onAct(reason: string, idempotencyKey: string): Promise<void>
}

const LONGEST = 200

/** Before something with consequences: what it does, and why somebody wants it. It closes when it is done, and says so when it is not. */
export const ReasonDialog = ({ title, children, act, look = 'danger', onClose, onAct }: ReasonDialogProps) => {
  const words = useWords(PARTS_WORDS)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const intent = useRef({ reason: '', key: '' })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const why = reason.trim()
    setMissing(why === '')
    if (why === '' || busy) return
    if (intent.current.reason !== why) intent.current = { reason: why, key: newKey() }
    setBusy(true)
    setProblem(undefined)
    try {
      await onAct(why, intent.current.key)
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="reason" onSubmit={event => void submit(event)}>
        <div className="reason-effect">{children}</div>
        <Field
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          onChange={setReason}
          maxLength={LONGEST}
          problem={missing && reason.trim() === '' ? words.reasonMissing : undefined}
          autoFocus
          autoComplete="off"
        />
        {problem !== undefined && <Problem error={problem} />}
        <div className="dialog-acts">
          <Button onPress={onClose}>{words.leave}</Button>
          <Button type="submit" look={look} isPending={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
