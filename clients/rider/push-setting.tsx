import { useEffect } from 'react'
import { useTell } from '../design/notices.tsx'
import { Switch } from '../design/switch.tsx'
import { useWords } from '../web/language.tsx'
import { usePushSubscription } from '../web/use-push-subscription.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

/** New deliveries while the app is closed. */
export const PushSetting = () => {
  const words = useWords(SETTINGS_WORDS)
  const tell = useTell()
  const { state, isBusy, problem, change } = usePushSubscription()
  const told = { denied: words.pushDenied, notOffered: words.pushOff, failed: words.pushFailed }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each failure
  useEffect(() => {
    if (problem !== undefined) tell({ key: 'push', tone: 'bad', text: told[problem] })
  }, [problem])
  if (state === 'none') return <p className="soft small">{words.pushNone}</p>
  return (
    <div>
      <Switch isSelected={state === 'on'} isDisabled={isBusy} onChange={change}>
        {words.push}
      </Switch>
      <p className="soft small">{words.pushWhy}</p>
    </div>
  )
}
