import { createContext, type PropsWithChildren, useContext, useMemo } from 'react'
import { Kept, useKept } from '../web/kept.ts'
import { useSession } from '../web/session-context.tsx'

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

const switched = (name: string, otherwise: boolean): Kept<boolean> =>
  new Kept(name, otherwise, (read): read is boolean => typeof read === 'boolean')
const keptSound = switched('rider sound', true)
const keptBuzz = switched('rider buzz', true)
const keptMap = switched('rider map', false)

export const PreferencesProvider = ({ children }: PropsWithChildren) => {
  const { id = '' } = useSession()
  const keptConsent = useMemo(() => switched(`position consent ${id}`, false), [id])
  const sound = useKept(keptSound)
  const buzz = useKept(keptBuzz)
  const map = useKept(keptMap)
  const consent = useKept(keptConsent)
  const preferences = useMemo(
    (): Preferences => ({
      sound,
      buzz,
      map,
      consent,
      setSound: on => keptSound.set(on),
      setBuzz: on => keptBuzz.set(on),
      setMap: shown => keptMap.set(shown),
      setConsent: given => keptConsent.set(given),
    }),
    [sound, buzz, map, consent, keptConsent],
  )
  return <Context value={preferences}>{children}</Context>
}

export const usePreferences = (): Preferences => {
  const preferences = useContext(Context)
  if (!preferences) throw new Error('no PreferencesProvider around')
  return preferences
}
