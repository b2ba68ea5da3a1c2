import { setTimeout as pause } from 'node:timers/promises'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { LIFE, PRESS_STREAMS, pressCommand } from '../runtime/press.ts'
import { HANDED_OVER_MS, type Mode, tracingOf } from './mode.ts'

/** `callers.ts <nats url> <collector>`: the load, and the door at which it is drawn what is traced. */
export interface TurnQuestion {
  readonly mode: Mode
  readonly callers: number
  /** Of each caller. */
  readonly commands: number
}
export interface TurnAnswer {
  readonly tookMs: number
  readonly failed: number
  /** What follows when all are answered, the handing over of spans, included. */
  readonly cpuMs: number
}

const [url = '', collector = ''] = process.argv.slice(2)
const nats = await connectNats({ url, name: 'bench callers', streams: PRESS_STREAMS })
const routing = { wire: nats.wire, now: () => Date.now(), random: Math.random }
const doorOf = (mode: Mode) => {
  const tracer = tracingOf(mode, collector, 'gateway')
  return { tracer, router: new Router({ ...routing, tracer }) }
}
const doors = { off: { tracer: undefined, router: new Router(routing) }, '1%': doorOf('1%'), '100%': doorOf('100%') }
let turns = 0

const turn = async ({ mode, callers, commands }: TurnQuestion): Promise<TurnAnswer> => {
  const { tracer, router } = doors[mode]
  const name = `${Date.now().toString(36)}-${turns++}`
  let failed = 0
  const call = async (caller: number): Promise<void> => {
    for (let n = 0; n < commands; n++) {
      const command = pressCommand(`press-${name}-${caller}-${Math.floor(n / LIFE)}`, n % LIFE === 0 ? 'set' : 'press')
      const span = tracer?.enter({ name: 'press', side: 'server' })
      const reply = await router.ask(span ? { ...command, trace: span.trace } : command)
      span?.end()
      if (reply.kind !== 'moved') failed++
    }
  }
  globalThis.gc?.()
  const cpuBefore = process.cpuUsage()
  const startMs = performance.now()
  await Promise.all(Array.from({ length: callers }, (_, i) => call(i)))
  const tookMs = performance.now() - startMs
  await pause(HANDED_OVER_MS)
  const { user, system } = process.cpuUsage(cpuBefore)
  return { tookMs, failed, cpuMs: (user + system) / 1_000 }
}

process.on('message', async (question: TurnQuestion) => void process.send?.(await turn(question)))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
