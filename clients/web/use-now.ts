import { useEffect, useState } from 'react'
import { useLive } from './live-context.tsx'

/** The server's time, milliseconds since 1970, again every second: a countdown is right on a device whose clock is wrong. */
export const useNow = (everyMs = 1_000): number => {
  const live = useLive()
  const [now, setNow] = useState(() => live.serverNow())
  useEffect(() => {
    const timer = setInterval(() => setNow(live.serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [live, everyMs])
  return now
}
