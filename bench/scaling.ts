import { SHARDS } from '../actors/shards.ts'
import { type Child, openChild } from './child.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'
import type { CallersAnswer, CallersQuestion } from './runtime/callers.ts'
import type { HostAnswer } from './runtime/host-process.ts'
import { openPlace } from './runtime/place.ts'
import { pressStreams } from './runtime/press.ts'
import { readCpu } from './trade/cpu.ts'

/** Hosts and streams; the first is what the others are held against. */
const HOUSES = [
  { hosts: 1, streams: 1 },
  { hosts: 2, streams: 1 },
  { hosts: 4, streams: 1 },
  { hosts: 1, streams: 2 },
  { hosts: 1, streams: 4 },
  { hosts: 4, streams: 4 },
] as const
const CALLERS = 1_024
/** For a smoke run, whose half a second must see answers on a busy machine, too. */
const FEW_CALLERS = 64
const RESIDENTS = 200_000

interface Measured {
  readonly hosts: number
  readonly streams: number
  readonly answer: CallersAnswer
  /** Of one transition, microseconds. */
  readonly hostUs: number
  readonly natsUs: number
}

/**
 * What another host or another stream brings, and costs. On a machine whose cores are all at work it can only show the second, so it is the CPU
 * of one transition that is measured; the paper below says what as many machines would do with it.
 */
export const bench = async ({ quick }: BenchFlags): Promise<Figures> => {
  const rows: Measured[] = []
  // A smoke run opens the least and the most: what lies between is the same.
  for (const { hosts, streams } of quick ? [HOUSES[0], HOUSES[5]] : HOUSES) {
    rows.push(await measure(hosts, streams, quick))
    console.log(`${hosts} hosts, ${streams} streams: done`)
  }
  printTable(
    ['hosts × streams', 'transitions/s', 'p50 ms', 'p99 ms', 'host µs each', 'NATS µs each', 'load µs each', 'failed'],
    rows.map(({ hosts, streams, answer, hostUs, natsUs }) => [
      `${hosts} × ${streams}`,
      answer.perS,
      answer.p50Ms,
      answer.p99Ms,
      hostUs,
      natsUs,
      (answer.cpuMs * 1_000) / answer.transitions,
      answer.failed,
    ]),
  )
  printTable(
    ['on paper: each host a core of its own', 'transitions/s by hosts', 'cores of NATS for them'],
    rows.map(({ hosts, streams, hostUs, natsUs }) => {
      const perS = (hosts * 1e6) / hostUs
      return [`${hosts} × ${streams}`, perS, (perS * natsUs) / 1e6]
    }),
  )
  return Object.fromEntries(
    rows.flatMap(({ hosts, streams, answer, hostUs, natsUs }) => {
      const of = `@${hosts}x${streams}`
      return [
        [`transitionsPerS${of}`, answer.perS],
        [`p50Ms${of}`, answer.p50Ms],
        [`p99Ms${of}`, answer.p99Ms],
        [`hostCpuUs${of}`, hostUs],
        [`natsCpuUs${of}`, natsUs],
        [`failed${of}`, answer.failed],
      ]
    }),
  )
}

const measure = async (hosts: number, streams: number, quick: boolean): Promise<Measured> => {
  await using place = await openPlace(pressStreams(streams))
  await using fleet = new AsyncDisposableStack()
  const children: Child[] = []
  for (let i = 0; i < hosts; i++)
    children.push(fleet.use(await openChild('runtime/host-process.ts', [place.url, String(RESIDENTS), String(streams)])))
  await shared(children)
  await using load = await openChild('runtime/callers.ts', [place.url, String(streams)])
  const pids = { nats: place.natsPid, ...Object.fromEntries(children.map(({ pid }, i) => [`host${i}`, pid])) }
  const before = await readCpu(pids)
  const question: CallersQuestion = quick
    ? { callers: FEW_CALLERS, warmUpMs: 500, measureMs: 1_000 }
    : { callers: CALLERS, warmUpMs: 2_000, measureMs: 5_000 }
  const answer = await load.ask<CallersAnswer>(question)
  const after = await readCpu(pids)
  const usOf = (name: string): number => ((after.processes[name] ?? 0) - (before.processes[name] ?? 0)) * 1_000
  // Of all transitions, those of the warm-up included.
  const all = (answer.transitions * (question.warmUpMs + question.measureMs)) / question.measureMs
  const hostUs = children.reduce((sum, _, i) => sum + usOf(`host${i}`), 0) / all
  return { hosts, streams, answer, hostUs, natsUs: usOf('nats') / all }
}

/** Until each shard is one host's: before that, commands go to whoever was there first. */
const shared = async (hosts: readonly Child[]): Promise<void> => {
  for (;;) {
    const states = await Promise.all(hosts.map(host => host.ask<HostAnswer>({ kind: 'state' })))
    if (states.reduce((sum, { shards }) => sum + shards, 0) === SHARDS) return
  }
}
