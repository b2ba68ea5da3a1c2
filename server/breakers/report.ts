import type { BreakerName } from '../../machines/breaker.ts'

/** What one worker saw of one operation since its last report. */
export interface Report {
  readonly name: BreakerName
  readonly worker: string
  /** ISO 8601 UTC, the worker's clock: only its distance to the next one of the same worker means anything. */
  readonly at: string
  /** Calls that ended since then; of them outages, of them slow. */
  readonly calls: number
  readonly failures: number
  readonly slow: number
  readonly inFlight: number
  readonly overdue: number
  readonly limit: number
  /** What a call takes when the provider is not busy, ms; assumed before anything was measured. */
  readonly usualMs: number
  /** Since the last good end, ms; a worker that never had one counts from its start. */
  readonly sinceGoodMs: number
  /** Our own configuration was refused, by this code. */
  readonly misconfigured?: string
}

/** Four times a second: the verdict on a provider that died is out within a second. */
export const REPORT_EVERY_MS = 250
export const reportSubject = (name: BreakerName): string => `breaker.report.${name}`
export const REPORTS = 'breaker.report.*'
