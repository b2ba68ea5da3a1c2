import { isoOf } from '../../actors/clock.ts'
import type { FiguresView } from '../contract/watch.ts'
import type { Commands } from './commands.ts'

export interface FiguresOptions {
  /** Whose figures these are. */
  readonly gateway: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How late the event loop is, ms. */
  readonly delayMs: () => number
  readonly sockets: () => number
}

/** Latencies are kept for so long, s; rates are of the last ten. */
const KEPT_S = 60
const RATE_S = 10
/** Each bucket of a latency is a fifth wider than the one before, from 0.25 ms to 65 s: a figure is at most a tenth off. */
const FIRST_MS = 0.25
const WIDER = 1.2
const BUCKETS = 69

/** What one second saw. */
interface Second {
  readonly at: number
  commands: number
  orders: number
  pushes: number
  readonly tookMs: Uint32Array
}

/** What one gateway does each second, and how fast: a minute of it, counted by itself. */
export class Figures {
  readonly #options: FiguresOptions
  readonly #sinceMs: number
  readonly #seconds: Second[] = []

  constructor(options: FiguresOptions) {
    this.#options = options
    this.#sinceMs = options.now()
  }

  pushed(): void {
    this.#second().pushes++
  }

  /** Commands that are counted and timed, whichever door they came through. */
  counting(commands: Pick<Commands, 'execute'>): Pick<Commands, 'execute'> {
    const { now } = this.#options
    return {
      execute: async (account, request) => {
        const beganMs = now()
        const end = (orders: number): void => {
          const second = this.#second()
          second.commands++
          second.orders += orders
          const bucket = bucketOf(now() - beganMs)
          second.tookMs[bucket] = (second.tookMs[bucket] ?? 0) + 1
        }
        try {
          const executed = await commands.execute(account, request)
          end(request.name === 'place' ? 1 : 0)
          return executed
        } catch (error) {
          end(0)
          throw error
        }
      },
    }
  }

  view(): FiguresView {
    const { gateway, now, delayMs, sockets } = this.#options
    const nowS = Math.floor(now() / 1_000)
    const kept = this.#seconds.filter(({ at }) => at >= nowS - KEPT_S)
    // The second under way is left out: it is not whole yet.
    const lately = kept.filter(({ at }) => at >= nowS - RATE_S && at < nowS)
    const overS = Math.min(RATE_S, Math.max(1, nowS - Math.floor(this.#sinceMs / 1_000)))
    const perS = (of: (second: Second) => number): number => round(lately.reduce((sum, second) => sum + of(second), 0) / overS)
    const p50 = quantileOf(kept, 0.5)
    const p99 = quantileOf(kept, 0.99)
    return {
      gateway,
      since: isoOf(this.#sinceMs),
      commandsPerS: perS(({ commands }) => commands),
      ordersPerS: perS(({ orders }) => orders),
      pushesPerS: perS(({ pushes }) => pushes),
      sockets: sockets(),
      ...(p50 === undefined || p99 === undefined ? {} : { commandP50Ms: p50, commandP99Ms: p99 }),
      loopDelayMs: round(delayMs()),
    }
  }

  #second(): Second {
    const at = Math.floor(this.#options.now() / 1_000)
    const last = this.#seconds.at(-1)
    if (last?.at === at) return last
    const second = { at, commands: 0, orders: 0, pushes: 0, tookMs: new Uint32Array(BUCKETS) }
    this.#seconds.push(second)
    while ((this.#seconds[0]?.at ?? at) < at - KEPT_S) this.#seconds.shift()
    return second
  }
}

const bucketOf = (ms: number): number => (ms <= FIRST_MS ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(WIDER))))

/** The middle of the bucket in which it lies; undefined of nothing. */
const quantileOf = (seconds: readonly Second[], share: number): number | undefined => {
  const sums = Array.from({ length: BUCKETS }, (_, bucket) => seconds.reduce((sum, { tookMs }) => sum + (tookMs[bucket] ?? 0), 0))
  const wanted = Math.ceil(sums.reduce((sum, each) => sum + each, 0) * share)
  if (wanted === 0) return undefined
  let bucket = 0
  for (let seen = sums[0] ?? 0; seen < wanted; seen += sums[bucket] ?? 0) bucket++
  return round((FIRST_MS * WIDER ** bucket * (1 + 1 / WIDER)) / 2)
}

const round = (value: number): number => Math.round(value * 100) / 100
