import { Host } from '../../actors/host.ts'
import { type HostSign, MEMBERSHIP_TTL_MS } from '../../actors/membership.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { runTimers } from '../../actors/timers.ts'
import { pressKinds, pressStreams } from './press.ts'

/** `host-process.ts <nats url> [maxResidents] [streams] [collector]`: a host of presses, and its timers, as an actors process runs them. */
export type HostQuestion = { readonly kind: 'state' | 'cpu' } | { readonly kind: 'drain' }
export interface HostAnswer {
  /** After a full collection, unless only the CPU was asked for. */
  readonly heapBytes: number
  readonly rssBytes: number
  /** Of user and system, since the start. */
  readonly cpuMs: number
  readonly residents: number
  /** How many shards it answers for. */
  readonly shards: number
}

/** As many as an actors process takes from the log at once. */
const TIMERS_IN_HAND = 64

const [url = '', maxResidents = '200000', streams = '1', collector] = process.argv.slice(2)
const clock = {
  now: () => Date.now(),
  after: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms)
    return { cancel: () => clearTimeout(timer) }
  },
}
// Traces whatever comes in with a trace.
const tracer = collector === undefined ? undefined : (await import('../traces/mode.ts')).tracingOf('100%', collector, 'actors')
const nats = await connectNats({ url, name: 'bench host', streams: pressStreams(Number(streams)) })
const bucket = await nats.bucket<HostSign>('hosts', { ttlMs: MEMBERSHIP_TTL_MS, storage: 'memory' })
const host = new Host({
  log: nats.log,
  wire: nats.wire,
  clock,
  kinds: pressKinds(Number(streams)),
  members: { name: `host-${process.pid}`, bucket, signals: nats },
  maxResidents: Number(maxResidents),
  idleMs: 600_000,
  tracer,
})
await host.start()
const router = new Router({ wire: nats.wire, now: clock.now, random: Math.random, tracer })
const timers = await runTimers({
  log: nats.log,
  router,
  now: () => clock.now(),
  random: Math.random,
  stream: 'PRESSES',
  concurrency: TIMERS_IN_HAND,
  tracer,
})

const answer = (collect = true): HostAnswer => {
  if (collect) globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return { heapBytes: heapUsed, rssBytes: rss, cpuMs: (user + system) / 1_000, residents: host.residents, shards: host.shards.length }
}
let left = false
const leave = async (): Promise<void> => {
  if (left) return
  left = true
  await timers.stop()
  await host.drain()
  await nats.close()
}

process.on('message', async (question: HostQuestion) => {
  if (question.kind === 'drain') await leave()
  process.send?.(answer(question.kind !== 'cpu'))
})
process.on('disconnect', () => void leave().finally(() => process.exit(0)))
process.send?.(answer())
