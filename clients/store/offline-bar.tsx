import { useEffect, useState } from 'react'
import { clockTime } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { useConnected, useLive } from '../web/live-context.tsx'
import { useTaps } from './kitchen-context.tsx'
import { SHELL_WORDS } from './shell-words.ts'
import './offline-bar.css'

/** A first connection takes a moment: nobody has to hear of that. */
const PATIENCE_MS = 2_000

/** Too large to be overlooked, for as long as there is no line: since when, and what happens to taps meanwhile. */
export const OfflineBar = () => {
  const words = useWords(SHELL_WORDS)
  const { language } = useLanguage()
  const connected = useConnected()
  const { waiting, held } = useTaps()
  const offline = useOffline(connected)
  if (offline === undefined) return null
  const count = waiting.length + held.length
  return (
    <div className="bar offline-bar" role="alert">
      <p className="bar-text">
        <strong className="bar-strong">
          {offline.sinceMs === undefined ? words.connecting : words.offline(clockTime(offline.sinceMs, language))}
        </strong>{' '}
        {words.kept}
      </p>
      {count > 0 && <strong className="offline-bar-count">{words.waiting(count)}</strong>}
    </div>
  )
}

interface Offline {
  /** Absent: there has been no line since the app was started. */
  readonly sinceMs?: number
}

const useOffline = (connected: boolean): Offline | undefined => {
  const live = useLive()
  const [offline, setOffline] = useState<Offline>()
  const [wasOn, setWasOn] = useState(false)
  useEffect(() => {
    if (connected) {
      setWasOn(true)
      setOffline(undefined)
      return
    }
    if (wasOn) {
      setOffline(before => before ?? { sinceMs: live.serverNow() })
      return
    }
    const timer = setTimeout(() => setOffline({}), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [connected, wasOn, live])
  return offline
}
