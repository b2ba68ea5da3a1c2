import { createContext, type PropsWithChildren, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { Bell, type BellState } from './bell.ts'

const Context = createContext<Bell | undefined>(undefined)

/** The first touch anywhere lets it ring. */
export const BellProvider = ({ children }: PropsWithChildren) => {
  const [bell, setBell] = useState<Bell>()
  useEffect(() => {
    const made = new Bell()
    const allow = (): void => made.allow()
    addEventListener('pointerup', allow)
    addEventListener('keydown', allow)
    setBell(made)
    return () => {
      removeEventListener('pointerup', allow)
      removeEventListener('keydown', allow)
      made.close()
    }
  }, [])
  return bell === undefined ? null : <Context value={bell}>{children}</Context>
}

export const useBell = (): { readonly bell: Bell; readonly state: BellState } => {
  const bell = useContext(Context)
  if (!bell) throw new Error('no BellProvider around')
  return { bell, state: useSyncExternalStore(bell.onChange, () => bell.state) }
}
