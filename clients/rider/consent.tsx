import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useWords } from '../web/language.tsx'
import { DUTY_WORDS } from './duty-words.ts'
import './consent.css'

interface ConsentProps {
  readonly isOpen: boolean
  onClose(): void
  onAgree(): void
}

/** Before the browser asks: what is shared, with whom, when and why. */
export const Consent = ({ isOpen, onClose, onAgree }: ConsentProps) => {
  const words = useWords(DUTY_WORDS)
  return (
    <Dialog title={words.consentTitle} isOpen={isOpen} onClose={onClose} look="sheet">
      <SharedWhat />
      <div className="consent-acts">
        <Button look="primary" size="large" wide onPress={onAgree}>
          {words.consentYes}
        </Button>
        <Button look="bare" wide onPress={onClose}>
          {words.consentNo}
        </Button>
      </div>
    </Dialog>
  )
}

export const SharedWhat = () => {
  const words = useWords(DUTY_WORDS)
  return (
    <dl className="consent-what">
      {words.consentWhat.map(({ term, text }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
