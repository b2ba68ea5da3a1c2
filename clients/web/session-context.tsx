import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useLanguage } from './language.tsx'
import { type AppRole, Session } from './session.ts'

interface Signed {
  readonly role: AppRole
  readonly session: Session
}

const Context = createContext<Signed | undefined>(undefined)

export const SessionProvider = ({ role, children }: PropsWithChildren<{ readonly role: AppRole }>) => {
  const signed = useMemo(() => ({ role, session: new Session(role) }), [role])
  const { language } = useLanguage()
  useEffect(() => signed.session.speak(language), [signed, language])
  return <Context value={signed}>{children}</Context>
}

/** The session of this app, and whose it is; `id` is undefined while nobody is signed in. */
export const useSession = (): Signed & { readonly id: string | undefined } => {
  const signed = useContext(Context)
  if (!signed) throw new Error('no SessionProvider around')
  const id = useSyncExternalStore(signed.session.onChange, () => signed.session.id)
  return { ...signed, id }
}
