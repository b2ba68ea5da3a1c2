import { useWords } from '../web/language.tsx'
import { useBell } from './bell-context.tsx'
import { SHELL_WORDS } from './shell-words.ts'
import './sound-hint.css'

/** Browsers let nobody ring before a touch, so a tablet that was just started would be dumb. */
export const SoundHint = () => {
  const words = useWords(SHELL_WORDS)
  const { state } = useBell()
  return <div role="status">{state === 'closed' && <p className="bar sound-hint">{words.sound}</p>}</div>
}
