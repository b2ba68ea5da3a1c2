import type { BreakerSettings, Figures } from '../../machines/breaker-figures.ts'
import type { Report } from './report.ts'

/** A worker that has said nothing for so long is gone, and its calls with it. */
const GONE_MS = 1_500

interface Slice {
  readonly atMs: number
  readonly calls: number
  readonly failures: number
  readonly slow: number
}

/** The newest reports on one operation, added up: a sliding window over time and over calls. */
export class Window {
  readonly #slices: Slice[] = []
  readonly #now = new Map<string, { readonly atMs: number; readonly report: Report }>()

  /** @param atMs when it was heard, on the hearer's clock */
  take(report: Report, atMs: number): void {
    this.#now.set(report.worker, { atMs, report })
    if (report.calls > 0) this.#slices.push({ atMs, calls: report.calls, failures: report.failures, slow: report.slow })
  }

  /** @param sinceMs what ended before does not count: another state of the breaker was answerable for it */
  figures(nowMs: number, settings: Pick<BreakerSettings, 'windowMs' | 'windowCalls'>, sinceMs: number): Figures {
    this.#forget(nowMs - settings.windowMs)
    let [calls, failures, slow] = [0, 0, 0]
    for (let i = this.#slices.length - 1; i >= 0 && calls < settings.windowCalls; i--) {
      const slice = this.#slices[i]
      if (!slice || slice.atMs < sinceMs) break
      calls += slice.calls
      failures += slice.failures
      slow += slice.slow
    }
    const workers = [...this.#now.values()].filter(({ atMs }) => nowMs - atMs < GONE_MS).map(({ report }) => report)
    const sum = (of: 'inFlight' | 'overdue' | 'limit'): number => workers.reduce((total, report) => total + report[of], 0)
    const sinceGoodMs = Math.min(Number.MAX_SAFE_INTEGER, ...workers.map(report => report.sinceGoodMs))
    return { calls, failures, slow, inFlight: sum('inFlight'), overdue: sum('overdue'), limit: sum('limit'), sinceGoodMs }
  }

  /** Calls that all workers together could bring to an end each second, were there enough to do. */
  perS(nowMs: number): number {
    const workers = [...this.#now.values()].filter(({ atMs }) => nowMs - atMs < GONE_MS)
    return workers.reduce((total, { report: { limit, usualMs } }) => total + (limit * 1_000) / Math.max(1, usualMs), 0)
  }

  #forget(beforeMs: number): void {
    const keep = this.#slices.findIndex(({ atMs }) => atMs >= beforeMs)
    this.#slices.splice(0, keep === -1 ? this.#slices.length : keep)
    for (const [worker, { atMs }] of this.#now) if (atMs < beforeMs) this.#now.delete(worker)
  }
}
