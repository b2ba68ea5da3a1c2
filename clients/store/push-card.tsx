import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { useWords } from '../web/language.tsx'
import { usePushSubscription } from '../web/use-push-subscription.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

/** For a tablet whose app is closed: the server calls it by a push message. */
export const PushCard = () => {
  const { push: words } = useWords(SETTINGS_WORDS)
  const { state, isBusy, problem, change } = usePushSubscription()
  return (
    <Card>
      <h2>{words.title}</h2>
      <p className="soft">{state === 'none' ? words.none : state === 'on' ? words.offered : words.why}</p>
      <div role="status">
        {problem !== undefined && <p className="settings-problem">{problem === 'denied' ? words.denied : words.failed}</p>}
      </div>
      {(state === 'on' || state === 'off') && (
        <Button isPending={isBusy} onPress={() => change(state === 'off')}>
          {state === 'on' ? words.off : words.on}
        </Button>
      )}
    </Card>
  )
}
