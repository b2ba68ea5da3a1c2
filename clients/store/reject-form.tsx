import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Field } from '../design/field.tsx'
import { useWords } from '../web/language.tsx'
import { ANSWER_WORDS } from './answer-words.ts'

/** Characters, as the server takes them. */
const LONGEST = 200

interface RejectFormProps {
  readonly onReject: (reason: string) => void
  readonly onClose: () => void
}

/** A reason first, which the customer reads; then a question, for it cannot be taken back. */
export const RejectForm = ({ onReject, onClose }: RejectFormProps) => {
  const words = useWords(ANSWER_WORDS)
  const [reason, setReason] = useState<string>()
  const [own, setOwn] = useState('')
  if (reason !== undefined)
    return (
      <>
        <p className="answer-reason">“{reason}”</p>
        <p role="alert">{words.final}</p>
        <div className="answer-confirm">
          <Button size="large" autoFocus onPress={() => setReason(undefined)}>
            {words.change}
          </Button>
          <Button size="large" look="danger" onPress={() => onReject(reason)}>
            {words.rejectNow}
          </Button>
        </div>
      </>
    )
  return (
    <>
      <p>{words.why}</p>
      <div className="answer-reasons">
        {words.reasons.map(each => (
          <Button key={each} size="large" wide onPress={() => setReason(each)}>
            {each}
          </Button>
        ))}
      </div>
      <Field label={words.ownReason} value={own} onChange={setOwn} maxLength={LONGEST} />
      <div className="dialog-acts">
        <Button look="bare" onPress={onClose}>
          {words.back}
        </Button>
        <Button isDisabled={own.trim() === ''} onPress={() => setReason(own.trim())}>
          {words.next}
        </Button>
      </div>
    </>
  )
}
