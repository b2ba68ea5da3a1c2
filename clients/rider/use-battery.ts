import { useEffect, useState } from 'react'
import type { Battery } from './ping-rate.ts'

/** The Battery Status API: Chrome on Android has it, Safari does not. */
interface BatteryManager extends EventTarget, Battery {}
interface WithBattery {
  readonly getBattery?: () => Promise<BatteryManager>
}

/** Undefined where the browser does not tell. */
export const useBattery = (): Battery | undefined => {
  const [battery, setBattery] = useState<Battery>()
  useEffect(() => {
    const gone = new AbortController()
    const follow = (manager: BatteryManager): void => {
      const read = (): void => setBattery({ level: manager.level, charging: manager.charging })
      if (gone.signal.aborted) return
      read()
      for (const change of ['levelchange', 'chargingchange']) manager.addEventListener(change, read, { signal: gone.signal })
    }
    void (navigator as WithBattery).getBattery?.().then(follow, () => undefined)
    return () => gone.abort()
  }, [])
  return battery
}
