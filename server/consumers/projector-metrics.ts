import { Counter, Gauge, type Registry, register } from 'prom-client'
import type { Projector } from './projector.ts'

type Measured = Pick<Projector<unknown>, 'stream' | 'position' | 'behind'>
type Behind = Awaited<ReturnType<Measured['behind']>>

/**
 * Figures of the projectors of this process, one line for each stream. A stand-by writes nothing and knows nothing, so it tells no
 * lag: what all processes tell together is then the lag of the one who acts.
 */
export const measureProjectors = (projectors: readonly Measured[], registry: Registry = register): void => {
  const shared = { labelNames: ['stream'] as const, registers: [registry] }
  const lag = (name: string, help: string, of: (behind: Behind) => number): void => {
    const gauge: Gauge<'stream'> = new Gauge({
      ...shared,
      name,
      help,
      async collect() {
        gauge.reset()
        for (const projector of projectors) {
          if (projector.position().phase === 'standby') continue
          const behind = await projector.behind().catch(() => undefined) // the log is away, and so is its end
          if (behind) gauge.set({ stream: projector.stream }, of(behind))
        }
      },
    })
  }
  const total = (name: string, help: string, of: (position: ReturnType<Measured['position']>) => number): void => {
    const counter: Counter<'stream'> = new Counter({
      ...shared,
      name,
      help,
      collect() {
        counter.reset()
        for (const projector of projectors) counter.inc({ stream: projector.stream }, of(projector.position()))
      },
    })
  }
  lag('projector_lag_messages', 'Messages between what is written and the end of the log', ({ messages }) => messages)
  lag('projector_lag_seconds', 'How long the oldest unwritten message has waited, at most', ({ ms }) => ms / 1_000)
  total('projector_records_total', 'Records written into the archive', ({ written }) => written)
  total('projector_poison_total', 'Records that nothing can read or store', ({ poisoned }) => poisoned)
}
