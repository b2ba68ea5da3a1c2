import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useWords } from '../web/language.tsx'
import { useSession } from '../web/session-context.tsx'
import { useTaps } from './kitchen-context.tsx'
import { SETTINGS_WORDS } from './settings-words.ts'

/** The way out, asked twice: a kitchen that is signed out by mistake hears of nothing. */
export const LeaveCard = () => {
  const { out: words } = useWords(SETTINGS_WORDS)
  const { session } = useSession()
  const { waiting, held } = useTaps()
  const [asking, setAsking] = useState(false)
  const count = waiting.length + held.length
  return (
    <Card>
      <h2>{words.title}</h2>
      <Button onPress={() => setAsking(true)}>{words.act}</Button>
      <Dialog title={words.title} isOpen={asking} onClose={() => setAsking(false)}>
        <p>{words.sure}</p>
        {count > 0 && <p role="alert">{words.waits(count)}</p>}
        <div className="dialog-acts">
          <Button onPress={() => setAsking(false)}>{words.stay}</Button>
          <Button look="danger" onPress={() => void session.signOut()}>
            {words.leave}
          </Button>
        </div>
      </Dialog>
    </Card>
  )
}
