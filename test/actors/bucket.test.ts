import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { until } from '../harness/house.ts'
import { startNats } from '../harness/nats.ts'
import { bucketContract } from './bucket.contract.ts'

/** Long enough for every test before the last. */
const TTL_MS = 2_000

bucketContract('memory', async () => {
  const clock = new HandClock(0)
  return {
    bucket: new MemoryBucket<unknown>(clock, TTL_MS),
    until: async (what, met) => {
      clock.advance(TTL_MS)
      if (!(await met())) throw new Error(`never happened: ${what}`)
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
})

bucketContract('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'bucket contract', streams: [] })
  return {
    bucket: await nats.bucket<unknown>('contract', { ttlMs: TTL_MS, storage: 'memory' }),
    until,
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})
