import { Button } from '../design/button.tsx'
import { useWords } from '../web/language.tsx'
import { useBell } from './bell-context.tsx'
import { SETTINGS_WORDS } from './settings-words.ts'

/** Whether a new order will be heard, and a way to find out how loud. */
export const SoundRow = () => {
  const { tablet: words } = useWords(SETTINGS_WORDS)
  const { bell, state } = useBell()
  const told = { open: words.soundOn, closed: words.soundOff, none: words.soundNone }[state]
  return (
    <div className="settings-row">
      <span>
        {words.sound} <span className="soft">{told}</span>
      </span>
      <Button isDisabled={state === 'none'} onPress={() => bell.ring()}>
        {words.test}
      </Button>
    </div>
  )
}
