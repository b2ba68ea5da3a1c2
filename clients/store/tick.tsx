import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useLive } from '../web/live-context.tsx'

interface Ticker {
  onTick(listener: () => void): () => void
  now(): number
}

const Context = createContext<Ticker | undefined>(undefined)
const EVERY_MS = 1_000

/** One clock for two hundred cards: the server's time, again every second. */
export const TickProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const { ticker, tick } = useMemo(() => {
    const listeners = new Set<() => void>()
    let now = live.serverNow()
    const ticker: Ticker = {
      onTick: listener => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      now: () => now,
    }
    const tick = (): void => {
      now = live.serverNow()
      for (const listener of listeners) listener()
    }
    return { ticker, tick }
  }, [live])
  useEffect(() => {
    const timer = setInterval(tick, EVERY_MS)
    const unhear = live.on('sync', tick) // the clock was put right
    return () => {
      clearInterval(timer)
      unhear()
    }
  }, [live, tick])
  return <Context value={ticker}>{children}</Context>
}

/** Drawn again only when what is read off the clock has changed. @param read gives a primitive, from the server's time in milliseconds */
export const useTick = <Value extends string | number | boolean>(read: (nowMs: number) => Value): Value => {
  const ticker = useContext(Context)
  if (!ticker) throw new Error('no TickProvider around')
  return useSyncExternalStore(ticker.onTick, () => read(ticker.now()))
}
