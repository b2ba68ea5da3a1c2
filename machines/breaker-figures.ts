/** What the workers of one operation saw lately, all of them together. Declined cards are good calls: the provider works. */
export interface Figures {
  /** Calls that ended, whatever they came to: the newest, no more than the window holds. */
  readonly calls: number
  /** Of them: timed out, cut off, refused at the door, or answered with an outage. */
  readonly failures: number
  /** Of them: several times longer than the provider usually takes. */
  readonly slow: number
  /** Under way now; how many of them are slow already; how many may be under way. */
  readonly inFlight: number
  readonly overdue: number
  readonly limit: number
  /** Since the last good end of a call anywhere, ms. */
  readonly sinceGoodMs: number
}

export interface BreakerSettings {
  /** Calls looked at: those of the last so many ms … Default 10,000. */
  readonly windowMs: number
  /** … and of them the newest so many: at a high rate the last second counts, not the last ten. Default 32: at 32 calls a second a provider that refuses all is known within one. */
  readonly windowCalls: number
  /** Fewer calls than this prove nothing. Default 20. */
  readonly minCalls: number
  /** Shares, 0…1, at which it opens. Defaults 0.5 and 0.6. */
  readonly failureRate: number
  readonly slowRate: number
  /** So many calls under way, nearly all of them slow, and no good end for so long: it opens without waiting for deadlines. Defaults 5 and 300 ms. */
  readonly hangingCalls: number
  readonly hangingMs: number
  /** The first time that it stays open; doubled at each opening in a row, up to the longest. Defaults 2,000 and 4,000 ms. */
  readonly openMs: number
  readonly longestOpenMs: number
  /** How long a probe may take before another worker may try. Default 6,000 ms. */
  readonly leaseMs: number
  /** Good probes in a row before more are let in. Default 2. */
  readonly probes: number
  /** How long each step of the ramp must go well. Default 1,000 ms. */
  readonly rampMs: number
  /** Closed for so long: the openings before are forgotten. Default 60,000 ms. */
  readonly calmMs: number
}

export const DEFAULT_BREAKER: BreakerSettings = {
  windowMs: 10_000,
  windowCalls: 32,
  minCalls: 20,
  failureRate: 0.5,
  slowRate: 0.6,
  hangingCalls: 5,
  hangingMs: 300,
  openMs: 2_000,
  longestOpenMs: 4_000,
  leaseMs: 6_000,
  probes: 2,
  rampMs: 1_000,
  calmMs: 60_000,
}

export const TROUBLES = ['FAILURES', 'SLOW_CALLS', 'HANGING', 'PROBE_FAILED', 'MISCONFIGURED'] as const
export type Trouble = (typeof TROUBLES)[number]

/** Nearly all: one call in a dozen may have been lucky. */
const NEARLY = 0.8

/** Whether nearly all the calls under way are slow already. */
export const isHanging = (overdue: number, inFlight: number): boolean => overdue > 0 && overdue >= NEARLY * inFlight

/**
 * Why the provider should be left alone, by these figures; undefined: it does well enough. Calls under way are looked at, too: a
 * provider that hangs ends no call, and a call's own deadline is several seconds.
 */
export const troubleIn = (figures: Figures, settings: BreakerSettings): Trouble | undefined => {
  const { calls, failures, slow, inFlight, overdue, sinceGoodMs } = figures
  if (overdue >= settings.hangingCalls && isHanging(overdue, inFlight) && sinceGoodMs >= settings.hangingMs) return 'HANGING'
  const seen = calls + overdue
  if (seen < settings.minCalls) return undefined
  if (failures / seen >= settings.failureRate) return 'FAILURES'
  return (slow + overdue) / seen >= settings.slowRate ? 'SLOW_CALLS' : undefined
}

/** How long the n-th opening in a row lasts, n from 1, half as long again at most by chance: workers of many houses must not come back as one. @param random 0…1 */
export const openForMs = ({ openMs, longestOpenMs }: BreakerSettings, opens: number, random: number): number =>
  Math.round(Math.min(longestOpenMs, openMs * 2 ** Math.min(20, opens - 1)) * (1 + random / 4))
