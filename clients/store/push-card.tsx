import { useEffect, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { useCall } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { type Subscribed, type SubscribeEnd, subscribe, subscribed, unsubscribe } from './push-subscription.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

/** For a tablet whose app is closed: the server calls it by a push message. */
export const PushCard = () => {
  const { push: words } = useWords(SETTINGS_WORDS)
  const call = useCall()
  const [state, setState] = useState<Subscribed>()
  const [problem, setProblem] = useState<Exclude<SubscribeEnd, 'on'>>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    subscribed().then(setState, () => setState('none'))
  }, [])
  const change = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    if (state === 'on') await unsubscribe(call).catch(() => setProblem('failed'))
    else {
      const end = await subscribe(call).catch((): SubscribeEnd => 'failed')
      if (end !== 'on') setProblem(end)
    }
    setState(await subscribed().catch((): Subscribed => 'none'))
    setBusy(false)
  }
  return (
    <Card>
      <h2>{words.title}</h2>
      <p className="soft">{state === 'none' ? words.none : state === 'on' ? words.offered : words.why}</p>
      <div role="status">{problem !== undefined && <p className="settings-problem">{words[problem]}</p>}</div>
      {(state === 'on' || state === 'off') && (
        <Button isPending={busy} onPress={() => void change()}>
          {state === 'on' ? words.off : words.on}
        </Button>
      )}
    </Card>
  )
}
