import type { Clock } from '../../actors/clock.ts'
import type { Log } from '../../actors/log.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import type { Router } from '../../actors/router.ts'
import type { Signals } from '../../actors/signals.ts'
import { BREAKER_NAMES, type BreakerName } from '../../machines/breaker.ts'
import { Gate } from '../../server/breakers/gate.ts'
import { Verdicts } from '../../server/breakers/verdicts.ts'

export interface OpenGates {
  readonly gates: Readonly<Record<BreakerName, Gate>>
  readonly verdicts: Verdicts
  stop(): Promise<void>
}

/** One worker's gates, as a payments process has them. Without signals of others it hears of no fleet and goes by what it sees. */
export const openGates = async (parts: {
  readonly log: Log
  readonly router: Router
  readonly clock: Clock
  readonly signals?: Signals
  readonly worker?: string
}): Promise<OpenGates> => {
  const { clock, signals = new MemorySignals(), worker = 'payments-1' } = parts
  const verdicts = await Verdicts.open({ log: parts.log, signals, now: () => clock.now() })
  const bounds = { least: 4, first: 16, most: 32 }
  const gateOf = (name: BreakerName): Gate =>
    new Gate({ ...parts, name, worker, verdicts, signals, random: () => 0.5, bounds, slowMs: 3_000 })
  const gates = { confirm: gateOf('confirm'), cancel: gateOf('cancel'), lookup: gateOf('lookup') }
  return {
    gates,
    verdicts,
    stop: async () => {
      for (const name of BREAKER_NAMES) await gates[name].stop()
      await verdicts.stop()
    },
  }
}
