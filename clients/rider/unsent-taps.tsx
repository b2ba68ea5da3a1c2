import { useWords } from '../web/language.tsx'
import { useConnected } from '../web/live-context.tsx'
import type { Step } from './delivery-step.ts'
import { isRiderTap, TAP_WORDS } from './tap-words.ts'
import './unsent-taps.css'

/** What he has tapped and the server has not answered: said as it is, not as if it were done. */
export const UnsentTaps = ({ step: { unsent } }: { readonly step: Step }) => {
  const connected = useConnected()
  const words = useWords(TAP_WORDS)
  return (
    <div role="status" className="unsent-taps">
      {unsent.map(({ key, command: { name }, state }) => {
        const what = isRiderTap(name) ? words.name[name] : name
        return <p key={key}>{connected && state === 'sending' ? words.sending(what) : words.waits(what)}</p>
      })}
    </div>
  )
}
