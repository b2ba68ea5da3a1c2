import { useEffect, useState } from 'react'
import { useTell } from '../design/notices.tsx'
import { Switch } from '../design/switch.tsx'
import { ApiRefusal } from '../shared/api.ts'
import { useCall } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { canPush, isSubscribed, subscribe, unsubscribe } from './push-subscription.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

/** New deliveries while the app is closed. */
export const PushSetting = () => {
  const call = useCall()
  const tell = useTell()
  const words = useWords(SETTINGS_WORDS)
  const [on, setOn] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (canPush()) void isSubscribed().then(setOn)
  }, [])
  const turn = async (wanted: boolean): Promise<void> => {
    setBusy(true)
    try {
      await (wanted ? subscribe : unsubscribe)(call)
    } catch (error) {
      const off = error instanceof ApiRefusal && error.body.code === 'PUSH_OFF'
      const denied = Notification.permission === 'denied'
      tell({ key: 'push', tone: 'bad', text: off ? words.pushOff : denied ? words.pushDenied : words.pushFailed })
    }
    setOn(await isSubscribed())
    setBusy(false)
  }
  if (!canPush()) return <p className="soft small">{words.pushNone}</p>
  return (
    <div>
      <Switch isSelected={on} isDisabled={busy} onChange={wanted => void turn(wanted)}>
        {words.push}
      </Switch>
      <p className="soft small">{words.pushWhy}</p>
    </div>
  )
}
