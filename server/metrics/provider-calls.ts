import { Histogram, type Registry, register } from 'prom-client'
import { BREAKER_NAMES, type BreakerName } from '../../machines/breaker.ts'
import { gauge, total } from './figure.ts'
import { Tally } from './tally.ts'

/** A provider answers within half a second; a call is given up after ten or so. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Calls of the payment provider, as one worker makes them. */
export class ProviderCalls {
  readonly #ends = new Tally(['operation', 'end'])
  readonly #seconds: Histogram<'operation'>
  readonly #registry: Registry

  constructor(registry: Registry = register) {
    this.#registry = registry
    this.#seconds = new Histogram({
      name: 'provider_call_duration_seconds',
      help: 'What a call of the payment provider took',
      labelNames: ['operation'],
      buckets: SECONDS,
      registers: [registry],
    })
    total({
      registry,
      name: 'provider_calls_total',
      help: 'Calls of the payment provider by how they ended; unknown: nobody can say, so it is looked up',
      labels: this.#ends.labels,
      look: () => this.#ends.samples(),
    })
  }

  ended(operation: BreakerName, end: string, ms: number): void {
    this.#ends.add(operation, end)
    this.#seconds.observe({ operation }, ms / 1_000)
  }

  measure(gates: Readonly<Record<BreakerName, { readonly limit: number }>>): void {
    gauge({
      registry: this.#registry,
      name: 'provider_calls_limit',
      help: 'Calls that this worker may have under way at once, found out by what they take',
      labels: ['operation'],
      look: () => BREAKER_NAMES.map(operation => [{ operation }, gates[operation].limit] as const),
    })
  }
}
