import type { Nats } from '../../actors/nats/connection.ts'
import type { Router } from '../../actors/router.ts'
import { BREAKER_NAMES, type BreakerName } from '../../machines/breaker.ts'
import type { BreakerSettings } from '../../machines/breaker-figures.ts'
import { Gate } from '../breakers/gate.ts'
import { Verdicts } from '../breakers/verdicts.ts'
import type { RoleParts } from './role.ts'

export const breakerSettingsOf = ({ config }: RoleParts): BreakerSettings => ({
  windowMs: config.BREAKER_WINDOW_MS,
  windowCalls: config.BREAKER_WINDOW_CALLS,
  minCalls: config.BREAKER_MIN_CALLS,
  failureRate: config.BREAKER_FAILURE_RATE,
  slowRate: config.BREAKER_SLOW_RATE,
  hangingCalls: config.BREAKER_HANGING_CALLS,
  hangingMs: config.BREAKER_HANGING_MS,
  openMs: config.BREAKER_OPEN_MS,
  longestOpenMs: config.BREAKER_LONGEST_OPEN_MS,
  leaseMs: config.BREAKER_LEASE_MS,
  probes: config.BREAKER_PROBES,
  rampMs: config.BREAKER_RAMP_MS,
  calmMs: config.BREAKER_CALM_MS,
})

export type Gates = Readonly<Record<BreakerName, Gate>>

/** A worker's way to each operation of the provider. */
export const openGates = async (
  parts: RoleParts,
  nats: Nats,
  router: Router,
): Promise<{ readonly gates: Gates; readonly verdicts: Verdicts; stop(): Promise<void> }> => {
  const { config, clock, random, newId } = parts
  const verdicts = await Verdicts.open({ log: nats.log, signals: nats, now: () => clock.now() })
  const worker = `payments-${newId()}`
  const bounds = { least: config.PAYMENT_CALLS_LEAST, most: config.PAYMENT_CALLS_MOST, first: config.PAYMENT_CALLS_FIRST }
  const gateOf = (name: BreakerName): Gate =>
    new Gate({ name, worker, verdicts, signals: nats, router, clock, random, bounds, slowMs: config.PAYMENT_SLOW_MS })
  const gates: Gates = { confirm: gateOf('confirm'), cancel: gateOf('cancel'), lookup: gateOf('lookup') }
  return {
    gates,
    verdicts,
    stop: async () => {
      for (const name of BREAKER_NAMES) await gates[name].stop()
      await verdicts.stop()
    },
  }
}
