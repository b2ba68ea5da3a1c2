import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { ServerEvents } from '../shared/events.ts'
import { Live } from '../shared/live.ts'
import { useLanguage } from './language.tsx'
import { useSession } from './session-context.tsx'

const Context = createContext<Live | undefined>(undefined)

/** One connection for as long as somebody is signed in; it comes back by itself. Children are shown at once, with or without a line. */
export const LiveProvider = ({ children }: PropsWithChildren) => {
  const { session, id } = useSession()
  const { language } = useLanguage()
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    if (id === undefined) return
    const opened = new Live({ origin: location.origin, token: () => session.token(), locale: language })
    const unhear = opened.onRefused(() => session.expire())
    const back = (): void => opened.resume()
    addEventListener('online', back)
    setLive(opened)
    return () => {
      removeEventListener('online', back)
      unhear()
      opened.close()
      setLive(undefined)
    }
  }, [session, id, language])
  // After the children's effects: whoever listens hears the first `sync`, too.
  useEffect(() => {
    void live?.connect().catch(() => undefined) // a refusal ends the session, and a closed line needs nothing
  }, [live])
  return live === undefined ? null : <Context value={live}>{children}</Context>
}

export const useLive = (): Live => {
  const live = useContext(Context)
  if (!live) throw new Error('no LiveProvider around')
  return live
}

/** In sync just now. */
export const useConnected = (): boolean => {
  const live = useLive()
  return useSyncExternalStore(
    useMemo(() => (changed: () => void) => live.onLine(changed), [live]),
    () => live.connected,
  )
}

/** Everything open, newest first; a new array whenever something in it has changed. */
export const useOrders = (): readonly OrderView[] => {
  const live = useLive()
  const [orders, setOrders] = useState(live.orders.all)
  useEffect(() => {
    const show = (): void => setOrders(live.orders.all)
    show()
    return live.orders.onChange(show)
  }, [live])
  return orders
}

/** Calls while the component is there. The listener must be stable (`useCallback`, or a `set…`). */
export const usePush = <Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): void => {
  const live = useLive()
  useEffect(() => live.on(name, listener), [live, name, listener])
}
