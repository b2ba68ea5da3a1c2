import { useEffect } from 'react'

/** Keeps the screen on while the app is looked at: a tablet that sleeps rings for nobody. A browser that cannot does not. */
export const useStayAwake = (): void => {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let over = false
    const take = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      const taken = await navigator.wakeLock.request('screen').catch(() => undefined)
      if (over) await taken?.release()
      else lock = taken
    }
    const again = (): void => void take() // it is lost whenever the page is out of sight
    again()
    document.addEventListener('visibilitychange', again)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [])
}
