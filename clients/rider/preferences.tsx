import { createContext, type PropsWithChildren, useContext, useMemo } from 'react'
import { useSession } from '../web/session-context.tsx'
import { useKept } from './kept.ts'

interface Preferences {
  readonly sound: boolean
  readonly buzz: boolean
  readonly map: boolean
  /** He knows what is shared with whom, and said yes: this account on this device. */
  readonly consent: boolean
  setSound(on: boolean): void
  setBuzz(on: boolean): void
  setMap(shown: boolean): void
  setConsent(given: boolean): void
}

const Context = createContext<Preferences | undefined>(undefined)

export const PreferencesProvider = ({ children }: PropsWithChildren) => {
  const { id = '' } = useSession()
  const [sound, setSound] = useKept('baedal rider sound', true)
  const [buzz, setBuzz] = useKept('baedal rider buzz', true)
  const [map, setMap] = useKept('baedal rider map', false)
  const [consent, setConsent] = useKept(`baedal position consent ${id}`, false)
  const preferences = useMemo(
    () => ({ sound, setSound, buzz, setBuzz, map, setMap, consent, setConsent }),
    [sound, setSound, buzz, setBuzz, map, setMap, consent, setConsent],
  )
  return <Context value={preferences}>{children}</Context>
}

export const usePreferences = (): Preferences => {
  const preferences = useContext(Context)
  if (!preferences) throw new Error('no PreferencesProvider around')
  return preferences
}
