import { readFileSync } from 'node:fs'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import { inParallel, writeInBatches } from './crowd.ts'
import type { HostAnswer } from './host-process.ts'
import type { Place } from './place.ts'
import { PRESS_STREAMS, pressCommand } from './press.ts'
import { firstEntry } from './residents.ts'

const RESIDENTS = 10_000
const ASKED = 100_000

/** A million actors alive in the log, ten thousand in memory: strangers are asked for at random, so nearly every command loads one. */
export const measureMillion = async ({ url, natsPid }: Place, quick: boolean): Promise<Figures> => {
  const actors = quick ? 2_000 : 1_000_000
  const asked = quick ? 500 : ASKED
  const nats = await connectNats({ url, name: 'bench million', streams: PRESS_STREAMS })
  const startMs = performance.now()
  for (let from = 0; from < actors; from += 10_000)
    await writeInBatches(
      nats.log,
      Array.from({ length: Math.min(10_000, actors - from) }, (_, i) => firstEntry(`press-m-${from + i}`)),
    )
  const writtenS = (performance.now() - startMs) / 1_000
  await using host = await openChild('runtime/host-process.ts', [url, String(RESIDENTS)])
  const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  const ids = Array.from({ length: asked }, () => `press-m-${Math.floor(Math.random() * actors)}`)
  const askedMs = performance.now()
  let failed = 0
  await inParallel(ids, 256, async id => {
    const reply = await router.ask(pressCommand(id, 'press'))
    if (reply.kind !== 'moved') failed++
  })
  const perS = (asked / (performance.now() - askedMs)) * 1_000
  const { rssBytes, residents } = await host.ask<HostAnswer>({ kind: 'state' })
  await nats.close()
  const figures = {
    millionActors: actors,
    millionTransitionsPerS: perS,
    millionFailed: failed,
    millionResidents: residents,
    millionHostRssMb: rssBytes / 2 ** 20,
    millionNatsRssMb: rssOf(natsPid) / 2 ** 20,
  }
  printTable(
    ['actors alive', 'written in s', 'load + transition, by s', 'failed', 'in memory', 'host MB', 'nats-server MB'],
    [[String(actors), writtenS, perS, failed, residents, figures.millionHostRssMb, figures.millionNatsRssMb]],
  )
  return figures
}

/** Resident memory in bytes, as Linux tells it; elsewhere not known. */
const rssOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024
  } catch {
    return Number.NaN
  }
}
