/** What the provider can do, as its stand-in takes it, and how it dies. */
export interface ProviderPlan {
  /** Confirms at once; those beyond stand in line. */
  readonly capacity: number
  readonly latencyMs: number
  readonly jitterMs: number
}

export interface Plan {
  readonly provider: ProviderPlan
  /** Orders by second on an ordinary evening, and how many times as many in the spike. */
  readonly steadyPerS: number
  readonly times: number
  readonly calmMs: number
  readonly spikeMs: number
  readonly deathMs: number
  /** From the heal on: by then everybody must have had his turn. */
  readonly recoveryWithinMs: number
  /** The evening goes on for so long after the last one had his turn. */
  readonly afterMs: number
  /** Towns in which the crowd lives, and customers in each. */
  readonly crowd: { readonly towns: number; readonly customers: number }
  /** Commands by second on orders that were paid before, on how many at once, and how many there are in all. */
  readonly errands: { readonly perS: number; readonly atOnce: number; readonly stock: number }
  readonly workers: number
  /** Over the settings of the house. */
  readonly env: Readonly<Record<string, string>>
}

/** Nobody is called to look at the crowd's orders: thousands of tablets ringing twice a minute would be a load of another kind. */
const NO_CALLS = { ALERT_EVERY_MS: '3600000', ACCEPT_WINDOW_MS: '3600000' } as const

/**
 * 10 calls of 300–320 ms: 32 confirms by second, and the spike wants 90, 2.8 times as many for half a minute. An order that is placed, waits,
 * is paid, told to its customer and written everywhere takes 8.4 ms of CPU more, the crowd's own share included (measured over the calm's
 * 0.5 cores): the spike keeps 1.3 of two cores busy. With twice as many orders the machine, and not the provider, would be what is measured.
 */
export const FULL: Plan = {
  provider: { capacity: 10, latencyMs: 300, jitterMs: 20 },
  steadyPerS: 0.6,
  times: 150,
  calmMs: 30_000,
  spikeMs: 30_000,
  deathMs: 20_000,
  recoveryWithinMs: 240_000,
  afterMs: 5_000,
  crowd: { towns: 8, customers: 25 },
  errands: { perS: 20, atOnce: 60, stock: 800 },
  workers: 1,
  env: { ...NO_CALLS, PAYMENT_CALLS_LEAST: '2', PAYMENT_CALLS_FIRST: '8' },
}

/** The same story in seconds. */
export const QUICK: Plan = {
  provider: { capacity: 6, latencyMs: 200, jitterMs: 20 },
  steadyPerS: 0.4,
  times: 150,
  calmMs: 1_500,
  spikeMs: 2_000,
  deathMs: 2_500,
  recoveryWithinMs: 30_000,
  afterMs: 500,
  crowd: { towns: 1, customers: 6 },
  errands: { perS: 10, atOnce: 8, stock: 24 },
  workers: 1,
  env: { ...NO_CALLS, PAYMENT_CALLS_LEAST: '2', PAYMENT_CALLS_FIRST: '4', TOSS_TIMEOUT_MS: '1500', BREAKER_LONGEST_OPEN_MS: '2000' },
}

export const DEATHS = ['hangs', 'errors', 'resets'] as const
/** Never answers · answers each call with an outage · cuts each connection. Only confirms: the rest of the provider works. */
export type Death = (typeof DEATHS)[number]

export const PHASES = ['calm', 'spike', 'dead', 'recovery', 'after'] as const
export type Phase = (typeof PHASES)[number]

/** Confirms by second that the provider can do at most, its line always full. */
export const capacityPerS = ({ capacity, latencyMs, jitterMs }: ProviderPlan): number => (capacity * 1_000) / (latencyMs + jitterMs / 2)
