import { createHistogram } from 'node:perf_hooks'
import type { Stored } from '../../actors/log.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import { inParallel, writeInBatches } from './crowd.ts'
import { PRESS_STREAMS, pressCommand } from './press.ts'
import { firstEntry } from './residents.ts'

const SIDE_BY_SIDE = 256
/** Setting up is not what is measured: a machine that others use, too, may take its time. */
const SET_WITHIN_MS = 60_000

interface Round {
  readonly name: string
  readonly timers: number
  /** The first is due this long after all should be set, the last `overMs` later. */
  readonly leadMs: number
  readonly overMs: number
}

/** Timers set through the host and fired by the log, counted when the actor's record says that it has moved. */
export const measureTimers = async (url: string, quick: boolean): Promise<Figures> => {
  // All due at one instant shows the most that can be fired; 500 a second show how late one is that need not wait for others.
  const storm = await rounds(url, { name: 'storm', timers: quick ? 200 : 100_000, leadMs: quick ? 500 : 60_000, overMs: 0 })
  const calm = await rounds(url, { name: 'calm', timers: quick ? 100 : 2_500, leadMs: quick ? 300 : 3_000, overMs: quick ? 200 : 5_000 })
  printTable(
    ['timers', 'set', 'set by s', 'fired by s', 'late p50 ms', 'late p99 ms'],
    [
      ['all at once', storm.timers, storm.setPerS, storm.firedPerS, storm.lateP50Ms, storm.lateP99Ms],
      ['spread out', calm.timers, calm.setPerS, calm.firedPerS, calm.lateP50Ms, calm.lateP99Ms],
    ],
  )
  return {
    timersSetPerS: storm.setPerS,
    timersFiredPerS: storm.firedPerS,
    timerStormLateP99Ms: storm.lateP99Ms,
    timerLateP50Ms: calm.lateP50Ms,
    timerLateP99Ms: calm.lateP99Ms,
  }
}

const rounds = async (url: string, { name, timers, leadMs, overMs }: Round) => {
  const nats = await connectNats({ url, name: 'bench timers', streams: PRESS_STREAMS })
  await using _host = await openChild('runtime/host-process.ts', [url])
  const ids = Array.from({ length: timers }, (_, i) => `press-${name}-${i}`)
  await writeInBatches(nats.log, ids.map(firstEntry))
  const late = createHistogram()
  const all = Promise.withResolvers<void>()
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = 0
  const listening = await nats.log.live<ActorRecord>('evt.press.>', ({ body }: Stored<ActorRecord>) => {
    if (!body.event.type.startsWith('xstate.after')) return
    const atMs = Date.parse(body.at)
    firstMs = Math.min(firstMs, atMs)
    lastMs = Math.max(lastMs, atMs)
    late.record(Math.max(1, atMs - Number(body.state.context.dueMs)))
    if (late.count === timers) all.resolve()
  })
  const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  const startMs = Date.now()
  const set = ids.map((id, i) => ({ id, dueMs: startMs + leadMs + Math.floor((i / timers) * overMs) }))
  await inParallel(set, SIDE_BY_SIDE, async ({ id, dueMs }) => {
    const reply = await router.ask(pressCommand(id, 'brew', { dueMs }), SET_WITHIN_MS)
    if (reply.kind !== 'moved') throw new Error(`a timer was not set: ${JSON.stringify(reply)}`)
  })
  const setPerS = (timers / (Date.now() - startMs)) * 1_000
  await all.promise
  await listening.stop()
  await nats.close()
  const firedPerS = (timers / Math.max(1, lastMs - firstMs)) * 1_000
  return { timers, setPerS, firedPerS, lateP50Ms: late.percentile(50), lateP99Ms: late.percentile(99) }
}
