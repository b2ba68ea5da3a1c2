import { setTimeout as pause } from 'node:timers/promises'
import { Agent, setGlobalDispatcher } from 'undici'
import { Api } from '../../clients/shared/api.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Histogram } from '../histogram.ts'
import { mealFrom, placeIn, type Town } from '../trade/town.ts'

export interface Ordered {
  readonly count: number
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const TICK_MS = 5
/** A load balancer keeps its connections open; a new one would stand in the kernel's line behind all who come back. */
const LINES = 64

/** Opens them: so many questions at once, each on a line of its own. */
export const openLines = async (origin: string): Promise<void> => {
  setGlobalDispatcher(new Agent({ connections: LINES, keepAliveTimeout: 60_000, keepAliveMaxTimeout: 60_000 }))
  await Promise.all(Array.from({ length: 4 * LINES }, async () => (await fetch(`${origin}/healthz`)).text()))
}

/** People who order as if nothing were the matter, so many a second, from the tap to the answer. Begins at once; `end` waits for all. */
export const orderSteadily = (origin: string, town: Town, tokens: Readonly<Record<string, string>>, perS: number) => {
  const api = new Api(origin)
  const took = new Histogram()
  const all = new Set<Promise<void>>()
  const startMs = performance.now()
  let [failed, begun, ended] = [0, 0, false]
  const one = async (i: number): Promise<void> => {
    const customer = town.customers[i % town.customers.length] ?? ''
    const askedMs = performance.now()
    const placed = api.call<OrderView>('/api/orders', {
      method: 'POST',
      token: tokens[customer] ?? '',
      idempotencyKey: `steady-${startMs}-${i}`,
      body: {
        storeId: town.store.id,
        items: mealFrom(town, Math.random),
        deliverTo: { address: '서울 강남구 테헤란로 1', ...placeIn(town, Math.random) },
      },
    })
    if (await placed.then(() => true).catch(() => false)) took.add(performance.now() - askedMs)
    else failed++
  }
  const going = (async () => {
    while (!ended) {
      for (const due = Math.floor(((performance.now() - startMs) / 1_000) * perS); begun < due; begun++) {
        const doing: Promise<void> = one(begun).finally(() => all.delete(doing))
        all.add(doing)
      }
      await pause(TICK_MS)
    }
    await Promise.all(all)
  })()
  return {
    end: async (): Promise<Ordered> => {
      ended = true
      await going
      return { count: took.total, failed, p50Ms: took.at(0.5), p99Ms: took.at(0.99) }
    },
  }
}
