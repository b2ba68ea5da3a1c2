import { setTimeout as pause } from 'node:timers/promises'
import { Api, ApiRefusal } from '../../clients/shared/api.ts'
import { Histogram } from '../histogram.ts'
import { placeIn, type Town } from '../trade/town.ts'

export interface Looked {
  readonly asked: number
  readonly answered: number
  /** Those that were not answered, by why: `OVERLOADED` and `NOT_ASKED` are the machine's fault, all else is ours. */
  readonly failed: Readonly<Record<string, number>>
  readonly p50Ms: number
  readonly p99Ms: number
}

const TICK_MS = 5
/** Of so many looks one is at one's own orders, which PostgreSQL answers; the others are at the stores near. */
const OWN_ORDERS_EVERY = 4
/** Beyond that the machine has not kept up, and more questions would measure the bench. */
const MOST_OPEN = 2_000

/** People who look at lists, so many a second whatever comes back. Begins at once. */
export const lookSteadily = (origin: string, towns: readonly Town[], tokens: Readonly<Record<string, string>>, perS: number) => {
  const api = new Api(origin)
  const took = new Histogram()
  const open = new Set<Promise<void>>()
  const startMs = performance.now()
  let [asked, ended] = [0, false]
  const failed: Record<string, number> = {}
  const fail = (why: string): void => {
    failed[why] = (failed[why] ?? 0) + 1
  }
  const look = async (i: number): Promise<void> => {
    const town = towns[i % towns.length]
    if (!town) return
    const [customer = ''] = town.customers
    const { lat, lng } = placeIn(town, Math.random)
    const path = i % OWN_ORDERS_EVERY === 0 ? '/api/orders' : `/api/stores?lat=${lat.toFixed(6)}&lng=${lng.toFixed(6)}`
    const askedMs = performance.now()
    try {
      await api.call(path, { token: tokens[`customer/${customer}`] ?? '' })
      took.add(performance.now() - askedMs)
    } catch (error) {
      fail(error instanceof ApiRefusal ? error.body.code : 'NO_ANSWER')
    }
  }
  const going = (async () => {
    while (!ended) {
      for (const due = Math.floor(((performance.now() - startMs) / 1_000) * perS); asked < due; asked++) {
        if (open.size >= MOST_OPEN) {
          fail('NOT_ASKED')
          continue
        }
        const doing: Promise<void> = look(asked).finally(() => open.delete(doing))
        open.add(doing)
      }
      await pause(TICK_MS)
    }
    await Promise.all(open)
  })()
  return {
    end: async (): Promise<Looked> => {
      ended = true
      await going
      return { asked, answered: took.total, failed, p50Ms: took.at(0.5), p99Ms: took.at(0.99) }
    },
  }
}
