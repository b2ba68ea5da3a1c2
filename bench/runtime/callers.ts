import { createHistogram } from 'node:perf_hooks'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { LIFE, pressCommand, pressKinds, pressStreams } from './press.ts'

/** `callers.ts <nats url> [streams]`: the load, in a process of its own, so that its work is not hidden in the host's. */
export interface CallersQuestion {
  readonly callers: number
  readonly warmUpMs: number
  readonly measureMs: number
}
export interface CallersAnswer {
  readonly transitions: number
  readonly failed: number
  readonly perS: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMs: number
}

const [url = '', streams = '1'] = process.argv.slice(2)
const kinds = pressKinds(Number(streams)).map(({ name }) => name)
const nats = await connectNats({ url, name: 'bench callers', streams: pressStreams(Number(streams)) })
const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
const NS_PER_MS = 1e6

/** Each caller has a press of its own, asks again as soon as it is answered, and takes a new one at the end of its life. */
const measure = async ({ callers, warmUpMs, measureMs }: CallersQuestion): Promise<CallersAnswer> => {
  const latencies = createHistogram()
  const round = `${callers}-${Date.now().toString(36)}`
  const fromMs = performance.now() + warmUpMs
  const untilMs = fromMs + measureMs
  let failed = 0
  const call = async (caller: number): Promise<void> => {
    let startMs = performance.now()
    for (let n = 0; startMs < untilMs; n++) {
      const id = `press-${round}-${caller}-${Math.floor(n / LIFE)}`
      const reply = await router.ask(pressCommand(id, n % LIFE === 0 ? 'set' : 'press', {}, kinds[caller % kinds.length]))
      const endMs = performance.now()
      if (reply.kind !== 'moved') failed++
      else if (endMs >= fromMs && endMs < untilMs) latencies.record(Math.max(1, Math.round((endMs - startMs) * NS_PER_MS)))
      startMs = endMs
    }
  }
  const cpuBefore = process.cpuUsage()
  await Promise.all(Array.from({ length: callers }, (_, i) => call(i)))
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    transitions: latencies.count,
    failed,
    perS: (latencies.count / measureMs) * 1_000,
    p50Ms: latencies.percentile(50) / NS_PER_MS,
    p99Ms: latencies.percentile(99) / NS_PER_MS,
    cpuMs: (user + system) / 1_000,
  }
}

process.on('message', async (question: CallersQuestion) => void process.send?.(await measure(question)))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
