import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'
import type { FiguresView } from '../../../server/contract/watch.ts'
import { useCall } from '../../web/api-context.tsx'
import { useLive } from '../../web/live-context.tsx'
import type { Source } from '../now/sources.ts'
import { type Sample, withSample } from './samples.ts'

const EVERY_MS = 2_000

interface Figures extends Source<FiguresView> {
  /** Of the last minutes, oldest first; in memory, so they begin when the console is opened. */
  readonly samples: readonly Sample[]
}

const Context = createContext<Figures>({ samples: [] })

/** Asks a gateway how it does, on every screen, so that the charts have a past; not while nobody looks. */
export const FiguresProvider = ({ children }: PropsWithChildren) => {
  const call = useCall()
  const live = useLive()
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    let over = false
    let asking = false
    const ask = async (): Promise<void> => {
      if (asking || document.visibilityState === 'hidden') return
      asking = true
      try {
        const figures = await call<FiguresView>('/api/ops/figures')
        if (over) return
        setSamples(shown => withSample(shown, { atMs: live.serverNow(), figures }))
        setError(undefined)
      } catch (failure) {
        if (!over) setError(failure)
      } finally {
        asking = false
      }
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MS)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [call, live])
  const figures = useMemo(() => ({ samples, data: samples.at(-1)?.figures, error }), [samples, error])
  return <Context value={figures}>{children}</Context>
}

export const useFigures = (): Figures => useContext(Context)
