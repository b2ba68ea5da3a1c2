import { useEffect } from 'react'

/** Keeps the screen on: a phone whose screen is off tells nobody where it is, and a tablet that sleeps rings for nobody. It is taken away with the page's sight, so it is asked for again. */
export const useWakeLock = (wanted: boolean): void => {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let over = false
    const take = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return
      const taken = await navigator.wakeLock.request('screen').catch(() => undefined) // refused when the battery is low
      if (over) await taken?.release()
      else lock = taken
    }
    const look = (): void => void take()
    document.addEventListener('visibilitychange', look)
    void take()
    return () => {
      over = true
      document.removeEventListener('visibilitychange', look)
      void lock?.release()
    }
  }, [wanted])
}
