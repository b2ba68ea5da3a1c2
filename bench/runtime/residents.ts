import type { Entry } from '../../actors/log.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { evtSubject } from '../../actors/subjects.ts'
import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import { inParallel, writeInBatches } from './crowd.ts'
import type { HostAnswer } from './host-process.ts'
import { LIFE, PRESS_STREAMS, pressCommand } from './press.ts'
import { seasonedRecord } from './raw.ts'

const SIDE_BY_SIDE = 256

/** Loading actors from the log, and what each of them takes of a host's memory beyond its own state. */
export const measureResidents = async (url: string, quick: boolean): Promise<Figures> => {
  const actors = quick ? 500 : 20_000
  const nats = await connectNats({ url, name: 'bench residents', streams: PRESS_STREAMS })
  const ids = Array.from({ length: actors }, (_, i) => `press-resting-${i}`)
  await writeInBatches(nats.log, ids.map(firstEntry))

  const startMs = performance.now()
  await inParallel(ids, SIDE_BY_SIDE, async id => {
    if (!(await nats.log.latest({ kind: 'press', id }))) throw new Error(`${id} is not in the log`)
  })
  const loadsPerS = (actors / (performance.now() - startMs)) * 1_000

  await using host = await openChild('runtime/host-process.ts', [url])
  const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  const before = await host.ask<HostAnswer>({ kind: 'state' })
  // An event that a press refuses loads it and writes nothing.
  await inParallel(ids, SIDE_BY_SIDE, async id => void (await router.ask(pressCommand(id, 'nothing'))))
  const after = await host.ask<HostAnswer>({ kind: 'state' })
  await nats.close()
  const stateBytes = JSON.stringify(firstEntry('press-resting-0').record.state).length
  const bytesPerResident = (after.heapBytes - before.heapBytes) / (after.residents - before.residents) - stateBytes
  printTable(
    ['actors at rest', 'figure'],
    [
      ['loaded from the log, by s', loadsPerS],
      [`bytes each in memory, over its ${stateBytes} of state`, bytesPerResident],
    ],
  )
  return { loadsPerS, bytesPerResident }
}

const seasoned = seasonedRecord('press-resting', LIFE - 2)

/** An actor near the end of its life. */
export const firstEntry = (id: string): Entry => ({
  stream: 'PRESSES',
  address: { kind: 'press', id },
  subject: evtSubject({ kind: 'press', id }, ['_']),
  record: { ...seasoned, id },
  expectedSeq: 0,
  messages: [],
})
