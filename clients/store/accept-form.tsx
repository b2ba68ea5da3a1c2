import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { useWords } from '../web/language.tsx'
import { ANSWER_WORDS } from './answer-words.ts'

const MINUTES = [10, 15, 20, 30, 45] as const
/** Another promise goes in steps of so many minutes, within what the server takes. */
const STEP = 5
const [LEAST, MOST, FIRST] = [5, 180, 60]

interface AcceptFormProps {
  readonly onAccept: (prepMinutes: number) => void
  readonly onClose: () => void
}

/** How long it will take: one tap, and it is accepted. */
export const AcceptForm = ({ onAccept, onClose }: AcceptFormProps) => {
  const words = useWords(ANSWER_WORDS)
  const [other, setOther] = useState<number>()
  return (
    <>
      <p>{words.howLong}</p>
      <div className="answer-minutes">
        {MINUTES.map(minutes => (
          <Button key={minutes} look="primary" size="large" onPress={() => onAccept(minutes)}>
            {words.minutes(minutes)}
          </Button>
        ))}
        <Button size="large" aria-expanded={other !== undefined} onPress={() => setOther(other === undefined ? FIRST : undefined)}>
          {words.other}
        </Button>
      </div>
      {other !== undefined && (
        <fieldset className="answer-other">
          <legend className="visually-hidden">{words.otherLabel}</legend>
          <Button size="large" aria-label={words.less} isDisabled={other <= LEAST} onPress={() => setOther(other - STEP)}>
            −{STEP}
          </Button>
          <output className="answer-other-minutes number">{words.minutes(other)}</output>
          <Button size="large" aria-label={words.more} isDisabled={other >= MOST} onPress={() => setOther(other + STEP)}>
            +{STEP}
          </Button>
          <Button look="primary" size="large" onPress={() => onAccept(other)}>
            {words.acceptOther}
          </Button>
        </fieldset>
      )}
      <div className="dialog-acts">
        <Button look="bare" onPress={onClose}>
          {words.back}
        </Button>
      </div>
    </>
  )
}
