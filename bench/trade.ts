import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, openHouse } from '../config/runtime/house.ts'
import { type Child, openChild } from './child.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'
import { type Cpu, readCpu } from './trade/cpu.ts'
import type { Ended, Measured } from './trade/crowd-process.ts'
import { hangingProvider } from './trade/hanging.ts'
import { chargesOf } from './trade/provider.ts'
import { Reading } from './trade/reading.ts'
import { settle, tokensFor } from './trade/settle.ts'
import { type Town, townsOf } from './trade/town.ts'

interface Scale {
  /** In each town. */
  readonly customers: number
  readonly riders: number
  /** Orders under way at any moment. */
  readonly atOnce: number
  readonly warmMs: number
  readonly measureMs: number
}

/** Under way at once: one rider more than that lives there, for one who has just delivered needs a moment. */
const ORDERS_IN_A_TOWN = 2

/** The load is closed: an order begins when another has ended. So many at once keep both cores busy, and no more would be quicker. */
const FULL: Scale = { customers: 16, riders: 3, atOnce: 80, warmMs: 10_000, measureMs: 60_000 }
const QUICK: Scale = { customers: 2, riders: 3, atOnce: 6, warmMs: 1_000, measureMs: 3_000 }

/**
 * The trade, whole: orders from the tap to the confirmation through the real doors, with payments, read model, notifications and pushes at
 * work, and everything, the load included, on this machine. Every write is on disk before it is answered.
 */
export const bench = async ({ quick, atOnce, seconds }: BenchFlags): Promise<Figures> => {
  const scale = {
    ...(quick ? QUICK : FULL),
    ...(atOnce === undefined ? {} : { atOnce }),
    ...(seconds === undefined ? {} : { measureMs: seconds * 1_000 }),
  }
  await using place = await openTradeHouse()
  const { house } = place
  const towns = townsOf(Math.ceil(scale.atOnce / ORDERS_IN_A_TOWN), scale)
  await settle(house, towns)
  await using crowd = await openChild('trade/crowd-process.ts', [])
  await crowd.ask({ kind: 'enter', origin: house.url, towns, tokens: await passes(house, towns) })
  await using reading = await Reading.open(house)
  await crowd.ask({ kind: 'begin', atOnce: scale.atOnce, warmMs: scale.warmMs })

  const before = await cpuOf(house, crowd)
  const measured = await crowd.ask<Measured>({ kind: 'measure', ms: scale.measureMs })
  const after = await cpuOf(house, crowd)
  const projectorLagS = await reading.lagS() // while the load goes on
  const hanging = await hangingProvider(house, crowd, scale.measureMs / 4)
  const ended = await crowd.ask<Ended>({ kind: 'end' })
  const charges = await chargesOf(house, ended.orderIds)
  const projectorRecordsPerS = await reading.catchUpPerS(house)

  printCommands(measured)
  const cpu = printCpu(before, after, measured)
  const failed = sum(Object.values(ended.failed))
  printTable(
    ['lifecycles', 'figure'],
    [
      ['by s', measured.lifecycles / measured.seconds],
      ['at once', scale.atOnce],
      ['pushes by s', measured.pushes / measured.seconds],
      ['read model behind at the end, s', projectorLagS],
      ['read model built anew, records by s', projectorRecordsPerS],
      ['to their end, warm-up included', ended.orderIds.length],
      ['of them charged exactly once', charges.once],
      ['failed', failed],
      ['pushes missing', ended.missing.count],
      ...Object.entries(ended.failed).map(([why, count]): [string, number] => [`  ${why}`, count]),
    ],
  )
  for (const example of [...ended.missing.examples, ...charges.otherwise.slice(0, 5).map(id => `${id}: not charged once`)])
    console.log(example)
  return {
    lifecyclesPerS: measured.lifecycles / measured.seconds,
    commandP50Ms: measured.commandP50Ms,
    commandP99Ms: measured.commandP99Ms,
    pushP50Ms: measured.pushP50Ms,
    pushP99Ms: measured.pushP99Ms,
    pushesPerS: measured.pushes / measured.seconds,
    projectorLagS,
    projectorRecordsPerS,
    lifecyclesFailed: failed,
    pushesMissing: ended.missing.count,
    wronglyCharged: charges.otherwise.length,
    ...hanging,
    ...cpu,
  }
}

interface TradePlace extends AsyncDisposable {
  readonly house: House
}

/** A house as production runs it, every acknowledged write on disk, with no demo in it. */
const openTradeHouse = async (): Promise<TradePlace> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-trade-'))
  const house = await openHouse({ dataDir, port: 0, seed: false, env: nodeFlags(), onProgress: line => console.log(line) })
  return {
    house,
    [Symbol.asyncDispose]: async () => {
      await house.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** `BENCH_PROFILE=trade` writes a CPU profile of every process of ours beside the figures; `BENCH_NODE` gives each of them other flags of Node's. */
const nodeFlags = (): Record<string, string> => {
  const profile = process.env.BENCH_PROFILE === 'trade' ? `--cpu-prof --cpu-prof-dir=${join(import.meta.dirname, 'out/profiles')}` : ''
  const flags = [profile, process.env.BENCH_NODE ?? ''].join(' ').trim()
  return flags === '' ? {} : { NODE_OPTIONS: flags }
}

const passes = async (house: House, towns: readonly Town[]): Promise<Record<string, string>> => {
  const tokenOf = await tokensFor(house)
  const people = towns.flatMap(({ store, customers, riders }) => [
    ['store', store.id] as const,
    ...customers.map(id => ['customer', id] as const),
    ...riders.map(id => ['rider', id] as const),
  ])
  return Object.fromEntries(await Promise.all(people.map(async ([role, id]) => [`${role}/${id}`, await tokenOf(role, id)])))
}

const cpuOf = (house: House, crowd: Child): Promise<Cpu> => readCpu({ ...house.pids(), load: crowd.pid })

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const printCommands = ({ byCommand, commandP50Ms, commandP99Ms, pushP50Ms, pushP99Ms }: Measured): void =>
  printTable(
    ['from asking to the answer', 'p50 ms', 'p99 ms'],
    [
      ...Object.entries(byCommand).map(([name, { p50Ms, p99Ms }]): [string, number, number] => [name, p50Ms, p99Ms]),
      ['all commands', commandP50Ms, commandP99Ms],
      ['pushes, from the decision to the ear', pushP50Ms, pushP99Ms],
    ],
  )

/** Where the cores went. `elsewhere` is what did not belong to us: with much of it, the figures are worth less. */
const printCpu = (before: Cpu, after: Cpu, { seconds, lifecycles }: Measured): Figures => {
  const spent = Object.entries(after.processes).map(([name, ms]) => ({ name, ms: ms - (before.processes[name] ?? 0) }))
  const ours = sum(spent.map(({ ms }) => ms))
  const rows = [
    ...spent.sort((a, b) => b.ms - a.ms),
    { name: 'all', ms: ours },
    { name: 'elsewhere', ms: after.machineMs - before.machineMs - ours },
  ]
  printTable(
    ['CPU', 'cores', 'ms for a lifecycle'],
    rows.map(({ name, ms }) => [name, ms / seconds / 1_000, ms / Math.max(1, lifecycles)]),
  )
  return Object.fromEntries(rows.map(({ name, ms }) => [`cpuMsPerLifecycle@${name}`, ms / Math.max(1, lifecycles)]))
}
