import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Switch } from '../design/switch.tsx'
import { useWords } from '../web/language.tsx'
import { LanguageSwitch } from '../web/language-switch.tsx'
import { useLive } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'
import { chime } from './chime.ts'
import { SharedWhat } from './consent.tsx'
import { useDuty } from './duty-context.tsx'
import { forgetOrders } from './orders-context.tsx'
import { usePreferences } from './preferences.tsx'
import { PushSetting } from './push-setting.tsx'
import { SETTINGS_WORDS } from './settings-words.ts'
import './settings-screen.css'

export const SettingsScreen = () => {
  const words = useWords(SETTINGS_WORDS)
  return (
    <>
      <h1>{words.title}</h1>
      <AlertsCard />
      <PositionCard />
      <Card>
        <div className="settings-screen-row">
          <h2>{words.language}</h2>
          <LanguageSwitch />
        </div>
      </Card>
      <AccountCard />
    </>
  )
}

const AlertsCard = () => {
  const words = useWords(SETTINGS_WORDS)
  const { sound, setSound, buzz, setBuzz } = usePreferences()
  return (
    <Card>
      <h2>{words.alerts}</h2>
      <div className="settings-screen-row">
        <Switch isSelected={sound} onChange={setSound}>
          {words.sound}
        </Switch>
        <Switch isSelected={buzz} onChange={setBuzz}>
          {words.buzz}
        </Switch>
        <Button isDisabled={!sound && !buzz} onPress={() => chime({ sound, buzz })}>
          {words.tryIt}
        </Button>
      </div>
      <PushSetting />
    </Card>
  )
}

const PositionCard = () => {
  const words = useWords(SETTINGS_WORDS)
  const { want } = useDuty()
  const { consent, setConsent } = usePreferences()
  const withdraw = (): void => {
    setConsent(false)
    want(false)
  }
  return (
    <Card>
      <h2>{words.position}</h2>
      <SharedWhat />
      {consent ? <Button onPress={withdraw}>{words.withdraw}</Button> : <p className="soft">{words.withdrawn}</p>}
    </Card>
  )
}

const AccountCard = () => {
  const words = useWords(SETTINGS_WORDS)
  const live = useLive()
  const { id = '', session } = useSession()
  const { want } = useDuty()
  const [busy, setBusy] = useState(false)
  const leave = async (): Promise<void> => {
    setBusy(true)
    want(false)
    // The server keeps calling whoever says nothing; without a line it cannot be told, and the switch is off when he comes back.
    if (live.connected) await live.online(false).catch(() => undefined)
    forgetOrders(id)
    await session.signOut()
  }
  return (
    <Card>
      <h2>{words.account}</h2>
      <p>{words.signedInAs(id)}</p>
      <p className="soft small">{words.signOutWhy}</p>
      <Button isPending={busy} onPress={() => void leave()}>
        {words.signOut}
      </Button>
    </Card>
  )
}
