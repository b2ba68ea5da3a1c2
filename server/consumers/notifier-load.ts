import { CHANNEL_MODES, type ChannelMode } from '../../machines/channel.ts'

export interface LoadLimits {
  /** News so old, and SMS are left out. Default 60,000 ms. */
  readonly noSmsLagMs: number
  /** News so old, and all but an order's newest status is left out. Default 300,000 ms. */
  readonly newestOnlyLagMs: number
  /** A provider is slow when the 95th percentile of its last 20 calls is above this. Default 2,000 ms. */
  readonly slowMs: number
  /** A provider that is slow for so long although SMS are left out gets the newest status only. Default 60,000 ms. */
  readonly worseMs: number
  /** So long all must be well before one step is taken back. Default 30,000 ms. */
  readonly resumeMs: number
}

export interface Judgement {
  readonly mode: ChannelMode
  readonly reason: string
}

const CALLS = 20
/** Fewer calls prove nothing. */
const FEWEST_CALLS = 10
/** Calls and delays from longer ago say nothing about now; a provider left in peace is asked once a minute. */
const CALLS_COUNT_MS = 120_000
const DELAYS_COUNT_MS = 10_000

const levelOf = (mode: ChannelMode): number => CHANNEL_MODES.indexOf(mode)
/** A clock that was set back leaves nothing behind that would count for ever. */
const counts = (now: number, atMs: number, whileMs: number): boolean => atMs <= now && now - atMs < whileMs
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/**
 * How hard it goes, judged from how old the news is that goes out and how long the provider takes. Purely: time is given.
 * L1. It gets worse at once, and better one step at a time, after all was well for a while by half the limits: no flapping.
 */
export class Load {
  readonly #limits: LoadLimits
  #calls: { readonly atMs: number; readonly tookMs: number }[] = []
  #delays: { readonly atMs: number; readonly delayMs: number }[] = []
  #mode: ChannelMode
  #wellSince: number | undefined
  #slowSince: number | undefined

  /** @param mode where an earlier life left off */
  constructor(limits: LoadLimits, mode: ChannelMode = 'all') {
    this.#limits = limits
    this.#mode = mode
  }

  get mode(): ChannelMode {
    return this.#mode
  }

  /** A call to the provider has ended, or was given up. */
  called(now: number, tookMs: number): void {
    this.#calls = [...this.#calls.slice(1 - CALLS), { atMs: now, tookMs }]
  }

  /** News of this age came from the log for the first time. */
  read(now: number, delayMs: number): void {
    const last = this.#delays.at(-1)
    if (last && now - last.atMs < 1_000 && last.delayMs >= delayMs) return // one for each second is enough
    this.#delays = [...this.#delays.slice(-2 * (DELAYS_COUNT_MS / 1_000)), { atMs: now, delayMs }]
  }

  /** @param waitingMs the age of the oldest that waits @returns where it goes now, when that is elsewhere */
  judge(now: number, waitingMs: number): Judgement | undefined {
    const delays = this.#delays.filter(({ atMs }) => counts(now, atMs, DELAYS_COUNT_MS)).map(({ delayMs }) => delayMs)
    const lagMs = Math.max(waitingMs, ...delays)
    const slowMs = this.#slowness(now)
    const worse = this.#worse(now, lagMs, slowMs)
    if (worse && levelOf(worse.mode) > levelOf(this.#mode)) {
      this.#wellSince = undefined
      return this.#go(worse)
    }
    return this.#better(now, lagMs, slowMs)
  }

  #worse(now: number, lagMs: number, slowMs: number): Judgement | undefined {
    const { noSmsLagMs, newestOnlyLagMs, slowMs: limitMs, worseMs } = this.#limits
    this.#slowSince = slowMs > limitMs ? (this.#slowSince ?? now) : undefined
    if (lagMs > newestOnlyLagMs) return { mode: 'newestOnly', reason: `${seconds(lagMs)} behind` }
    if (this.#slowSince !== undefined && now - this.#slowSince >= worseMs)
      return { mode: 'newestOnly', reason: `the provider still takes ${seconds(slowMs)}` }
    if (this.#slowSince !== undefined) return { mode: 'noSms', reason: `the provider takes ${seconds(slowMs)}` }
    return lagMs > noSmsLagMs ? { mode: 'noSms', reason: `${seconds(lagMs)} behind` } : undefined
  }

  /** L1 */
  #better(now: number, lagMs: number, slowMs: number): Judgement | undefined {
    const { noSmsLagMs, newestOnlyLagMs, slowMs: limitMs, resumeMs } = this.#limits
    const limitLagMs = this.#mode === 'newestOnly' ? newestOnlyLagMs : noSmsLagMs
    const isWell = lagMs <= limitLagMs / 2 && slowMs <= limitMs / 2
    this.#wellSince = isWell && this.#mode !== 'all' ? (this.#wellSince ?? now) : undefined
    if (this.#wellSince === undefined || now - this.#wellSince < resumeMs) return undefined
    this.#wellSince = now // the next step needs its own while
    const mode = this.#mode === 'newestOnly' ? 'noSms' : 'all'
    return this.#go({ mode, reason: `well for ${seconds(resumeMs)}` })
  }

  #go(judgement: Judgement): Judgement {
    this.#mode = judgement.mode
    return judgement
  }

  /** The 95th percentile of the last calls; 0 when there are too few to tell. */
  #slowness(now: number): number {
    const took = this.#calls.filter(({ atMs }) => counts(now, atMs, CALLS_COUNT_MS)).map(({ tookMs }) => tookMs)
    if (took.length < FEWEST_CALLS) return 0
    return took.sort((a, b) => a - b)[Math.ceil(0.95 * took.length) - 1] ?? 0
  }
}
