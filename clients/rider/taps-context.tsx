import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'
import { useTell } from '../design/notices.tsx'
import { OfflineQueue, type WaitingTap } from '../shared/offline-queue.ts'
import { inLocalStorage, type RefusedTap, type Tap } from '../shared/tap-storage.ts'
import { useWords } from '../web/language.tsx'
import { useLive } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'
import { TAP_WORDS } from './tap-words.ts'

interface Taps {
  readonly waiting: readonly WaitingTap[]
  readonly refused: readonly RefusedTap[]
  tap(command: Tap): void
  dismiss(key: string): void
}

const Context = createContext<Taps | undefined>(undefined)
const NOTHING = { waiting: [], refused: [] } as const

/** What is tapped in a tunnel is kept, and done when there is a line. */
export const TapsProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const { id = '' } = useSession()
  const tell = useTell()
  const words = useWords(TAP_WORDS)
  const [queue, setQueue] = useState<OfflineQueue>()
  const [{ waiting, refused }, show] = useState<Pick<Taps, 'waiting' | 'refused'>>(NOTHING)

  useEffect(() => {
    const opened = new OfflineQueue({ live, storage: inLocalStorage(localStorage, `taps of rider ${id}`) })
    const look = (): void => show({ waiting: opened.waiting, refused: opened.refused })
    const unhear = opened.onChange(look)
    look()
    setQueue(opened)
    return () => {
      unhear()
      opened.close()
    }
  }, [live, id])

  const taps = useMemo<Taps>(
    () => ({
      waiting,
      refused,
      tap: command => {
        const taken = queue?.add(command)
        if (taken?.kind !== 'taken') tell({ key: 'tap', tone: 'bad', text: words.notTaken })
      },
      dismiss: key => queue?.dismiss(key),
    }),
    [queue, waiting, refused, tell, words],
  )
  return <Context value={taps}>{children}</Context>
}

export const useTaps = (): Taps => {
  const taps = useContext(Context)
  if (!taps) throw new Error('no TapsProvider around')
  return taps
}
