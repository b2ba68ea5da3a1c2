import { useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { useSession } from '../../web/session-context.tsx'
import { ME_WORDS } from './me-words.ts'

/** The ways out. */
export const AccountCard = () => {
  const words = useWords(ME_WORDS)
  const { session } = useSession()
  const call = useCall()
  const [isAsking, ask] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const everywhere = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call('/api/sessions', { method: 'DELETE' })
      session.expire()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Card>
      <h2>{words.account}</h2>
      <Button wide onPress={() => void session.signOut()}>
        {words.signOut}
      </Button>
      <Button look="bare" onPress={() => ask(true)}>
        {words.signOutAll}
      </Button>
      <Dialog title={words.signOutAllTitle} look="sheet" isOpen={isAsking} onClose={() => ask(false)}>
        <p>{words.signOutAllText}</p>
        {problem !== undefined && <Problem error={problem} />}
        <div className="dialog-acts">
          <Button onPress={() => ask(false)}>{words.keep}</Button>
          <Button look="danger" isPending={isBusy} onPress={() => void everywhere()}>
            {words.signOutAllYes}
          </Button>
        </div>
      </Dialog>
    </Card>
  )
}
