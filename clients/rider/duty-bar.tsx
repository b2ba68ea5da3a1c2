import { useEffect, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Switch } from '../design/switch.tsx'
import { Connection } from '../web/connection.tsx'
import { useWords } from '../web/language.tsx'
import { useConnected } from '../web/live-context.tsx'
import { Consent } from './consent.tsx'
import { useDuty } from './duty-context.tsx'
import { DUTY_WORDS } from './duty-words.ts'
import { usePreferences } from './preferences.tsx'
import './duty-bar.css'

/** Always in sight: whether he works (which he may have said on another device), whether the line holds, and what is known of where he is. */
export const DutyBar = () => {
  const { duty, want } = useDuty()
  const { consent, setConsent } = usePreferences()
  const words = useWords(DUTY_WORDS)
  const [asking, setAsking] = useState(false)
  const online = duty.wanted
  return (
    <header className={`duty-bar duty-bar-${online ? 'on' : 'off'}`}>
      <div className="duty-bar-row">
        <Switch isSelected={online} onChange={on => (on && !consent ? setAsking(true) : want(on))}>
          {online ? words.online : words.offline}
        </Switch>
        <Connection />
      </div>
      <DutyLine />
      {online && !consent && <Button onPress={() => setAsking(true)}>{words.shareHere}</Button>}
      <Consent
        isOpen={asking}
        onClose={() => setAsking(false)}
        onAgree={() => {
          setAsking(false)
          setConsent(true)
          want(true)
        }}
      />
    </header>
  )
}

const DutyLine = () => {
  const { duty, tracked } = useDuty()
  const { consent } = usePreferences()
  const words = useWords(DUTY_WORDS)
  const connected = useConnected()
  const nowMs = useDeviceNow()
  const line = (): string => {
    if (!duty.wanted) return duty.heard ? words.notShared : words.goingOff
    if (!consent) return words.elsewhere
    if (!duty.heard) return words.goingOn
    switch (tracked.gps) {
      case 'denied':
        return words.denied
      case 'unavailable':
        return words.unavailable
      case 'found': {
        if (!connected || tracked.sentMs === undefined) return words.waitsForLine
        return words.sent(Math.max(0, Math.round((nowMs - tracked.sentMs) / 1_000)), Math.round(tracked.everyMs / 1_000))
      }
      case 'off':
      case 'asking':
        return words.locating
    }
  }
  return <p className="duty-bar-line number">{line()}</p>
}

/** Of ages on this device; `useNow` is the server's. */
const useDeviceNow = (): number => {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
