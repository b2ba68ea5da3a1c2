import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, openHouse } from '../config/runtime/house.ts'
import { type Child, openChild } from './child.ts'
import { type Cores, extrapolate } from './country/extrapolation.ts'
import { type Looked, lookSteadily } from './country/looking.ts'
import { NIGHT, type Part, partOf } from './country/night.ts'
import type { EarsQuestion } from './gateway/ears-process.ts'
import { openLines } from './gateway/orders.ts'
import { type Figures, printTable, readable } from './report.ts'
import type { BenchFlags } from './run.ts'
import { type Cpu, readCpu } from './trade/cpu.ts'
import type { CrowdQuestion, Ended, Measured } from './trade/crowd-process.ts'
import type { Pinger, PingsQuestion, Pressed } from './trade/pings-process.ts'
import { Reading } from './trade/reading.ts'
import { settle, tokensFor } from './trade/settle.ts'
import { placeIn, type Town, townsOf } from './trade/town.ts'

const SCALE = 0.1
const MINUTES = 3
const CUSTOMERS = 16
/** More than this behind what was asked, and it was not kept up with. */
const SHARE = 0.97
/** An order that took longer than this to be lived through waited for the machine, not for people. */
const LATE_MS = 10_000
const LAG_S = 5

/**
 * A part of a country's record night: orders lived from the tap to the confirmation, riders who report, apps that listen and people who look at
 * lists, all at a fixed rate whatever comes back, on this machine. Says whether it kept up, and what the whole country would take.
 */
export const bench = async ({ quick, scale = quick ? 0.01 : SCALE, minutes = MINUTES }: BenchFlags): Promise<Figures> => {
  const part = partOf(scale, quick ? { warmMs: 1_000, measureMs: 4_000 } : { warmMs: 10_000, measureMs: minutes * 60_000 })
  const room = openFiles()
  if (part.listeners + FURTHER_FILES > room)
    throw new Error(
      `${part.listeners} sockets need more than the ${room} open files of a process here: ulimit -n ${part.listeners + FURTHER_FILES}, or a smaller --scale`,
    )
  await using place = await openPlace()
  const { house } = place
  const towns = townsOf(part.towns, { customers: CUSTOMERS, riders: part.riders + part.reporters })
  console.log(`${towns.length} towns move in`)
  await settle(house, towns)
  const tokens = await tokensOf(house, towns)
  await using crowd = await openChild('trade/crowd-process.ts', [])
  await using reports = await openChild('trade/pings-process.ts', [])
  await using ears = await openChild('gateway/ears-process.ts', [])
  const ask = <Answer>(child: Child, question: CrowdQuestion | PingsQuestion | EarsQuestion) => child.ask<Answer>(question)

  console.log(`${readable(part.listeners)} apps listen, ${readable(part.reporters * towns.length)} riders report`)
  await ask(ears, { kind: 'enter', port: Number(new URL(house.url).port), natsUrl: house.natsUrl, tokens: await listeners(house, part) })
  await ask(reports, { kind: 'enter', origin: house.url, riders: reportersOf(towns, part, tokens) })
  await ask(crowd, {
    kind: 'enter',
    origin: house.url,
    tokens,
    towns: towns.map(town => ({ ...town, riders: town.riders.slice(0, part.riders) })),
  })
  await openLines(house.url)
  await using reading = await Reading.open(house)
  await ask(crowd, { kind: 'arrive', perS: part.ordersPerS, warmMs: part.warmMs })

  const pids = { ...house.pids(), orders: crowd.pid, positions: reports.pid, ears: ears.pid }
  const read = async (): Promise<Cpu> => {
    const { processes, machineMs } = await readCpu(pids)
    const { user, system } = process.cpuUsage() // by the pid all of the house would be in it, which is our child
    return { processes: { ...processes, looks: (user + system) / 1_000 }, machineMs }
  }
  const [before, sinceMs] = [await read(), performance.now()]
  const looking = lookSteadily(house.url, towns, tokens, part.looksPerS)
  const [measured, pressed] = await Promise.all([
    ask<Measured>(crowd, { kind: 'measure', ms: part.measureMs }),
    ask<Pressed>(reports, { kind: 'press', perS: part.positionsPerS, ms: part.measureMs }),
  ])
  const [after, seconds] = [await read(), (performance.now() - sinceMs) / 1_000] // a little longer than the orders were measured
  const looked = await looking.end()
  const lagS = await reading.lagS() // while orders go on
  const ended = await ask<Ended>(crowd, { kind: 'end' })

  const cores = coresOf(before, after, seconds)
  printRates(part, measured, pressed, looked)
  const ours = Object.values(cores).reduce((sum, used) => sum + used, 0)
  const elsewhere = (after.machineMs - before.machineMs) / seconds / 1_000 - ours
  printTable(['CPU', 'cores'], [...Object.entries(cores).sort(([, a], [, b]) => b - a), ['elsewhere', elsewhere]])
  const behind = behindOf(part, measured, pressed, looked, lagS, ended)
  console.log(behind.length === 0 ? 'kept up: yes\n' : `kept up: NO\n${behind.map(why => `- ${why}\n`).join('')}`)
  const whole = extrapolate(part, cores, behind.length === 0)
  return {
    scale: part.scale,
    keptUp: behind.length === 0 ? 1 : 0,
    ordersPerSAsked: part.ordersPerS,
    ordersPerS: measured.lifecycles / measured.seconds,
    ordersLived: ended.orderIds.length,
    ordersTurnedAway: measured.turnedAway,
    ordersFailed: sumOf(ended.failed),
    pushesMissing: ended.missing.count,
    lifecycleP50Ms: measured.lifecycleP50Ms,
    lifecycleP99Ms: measured.lifecycleP99Ms,
    commandP50Ms: measured.commandP50Ms,
    commandP99Ms: measured.commandP99Ms,
    pushesPerS: measured.pushes / measured.seconds,
    pushP50Ms: measured.pushP50Ms,
    pushP99Ms: measured.pushP99Ms,
    positionsPerSAsked: part.positionsPerS,
    positionsPerS: pressed.sent / pressed.seconds,
    positionP99Ms: pressed.p99Ms,
    listeners: part.listeners,
    looksPerSAsked: part.looksPerS,
    looksPerS: looked.answered / measured.seconds,
    lookP99Ms: looked.p99Ms,
    looksOverloaded: (looked.failed.OVERLOADED ?? 0) + (looked.failed.NOT_ASKED ?? 0),
    looksFailed: looked.asked - looked.answered - (looked.failed.OVERLOADED ?? 0) - (looked.failed.NOT_ASKED ?? 0),
    projectorLagS: lagS,
    elsewhereCores: elsewhere,
    ...Object.fromEntries(Object.entries(cores).map(([name, used]) => [`cores@${name}`, used])),
    ...Object.fromEntries(Object.entries(whole).map(([name, used]) => [`countryCores@${name}`, used])),
  }
}

/** In one line each; empty: it kept up. */
const behindOf = (
  part: Part,
  { arrived, turnedAway, lifecycles, lifecycleP99Ms, seconds }: Measured,
  { sent, seconds: reportedS }: Pressed,
  { asked, answered, failed: unanswered }: Looked,
  lagS: number,
  { failed, missing }: Ended,
): string[] => [
  ...(lifecycles < arrived * SHARE - part.ordersPerS * 2 ? [`${lifecycles} orders came to their end of ${arrived} that were due`] : []),
  ...(arrived < part.ordersPerS * seconds * SHARE - 1 ? [`the load generator brought only ${arrived} orders`] : []),
  ...(turnedAway > 0 ? [`${turnedAway} orders found every rider away, so many were under way`] : []),
  ...(lifecycleP99Ms > LATE_MS ? [`one of 100 orders took over ${readable(lifecycleP99Ms / 1_000)} s`] : []),
  ...(sumOf(failed) > 0 ? Object.entries(failed).map(([why, count]) => `${count} orders failed: ${why}`) : []),
  ...(missing.count > 0 ? [`${missing.count} pushes are missing`] : []),
  ...(sent / reportedS < part.positionsPerS * SHARE
    ? [`${readable(sent / reportedS)} positions/s were taken of ${readable(part.positionsPerS)}`]
    : []),
  ...(answered < asked * SHARE ? [`${answered} looks were answered of ${asked}: ${JSON.stringify(unanswered)}`] : []),
  ...(lagS > LAG_S ? [`the read model was ${readable(lagS)} s behind`] : []),
]

const printRates = (part: Part, measured: Measured, pressed: Pressed, looked: Looked): void =>
  printTable(
    [`${readable(part.scale * 100)} % of the country`, 'asked by s', 'done by s', 'p50 ms', 'p99 ms'],
    [
      [
        'orders, from tap to confirmation',
        part.ordersPerS,
        measured.lifecycles / measured.seconds,
        measured.lifecycleP50Ms,
        measured.lifecycleP99Ms,
      ],
      ['their commands', '', '', measured.commandP50Ms, measured.commandP99Ms],
      ['pushes of orders', NIGHT.pushesPerS * part.scale, measured.pushes / measured.seconds, measured.pushP50Ms, measured.pushP99Ms],
      ['positions', part.positionsPerS, pressed.sent / pressed.seconds, pressed.p50Ms, pressed.p99Ms],
      ['looks at lists', part.looksPerS, looked.answered / measured.seconds, looked.p50Ms, looked.p99Ms],
      ['orders under way at the end', '', measured.underWay, '', ''],
    ],
  )

const coresOf = (before: Cpu, after: Cpu, seconds: number): Cores =>
  Object.fromEntries(Object.entries(after.processes).map(([name, ms]) => [name, (ms - (before.processes[name] ?? 0)) / seconds / 1_000]))

const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

const tokensOf = async (house: House, towns: readonly Town[]): Promise<Record<string, string>> => {
  const tokenOf = await tokensFor(house)
  const people = towns.flatMap(({ store, customers, riders }) => [
    ['store', store.id] as const,
    ...customers.map(id => ['customer', id] as const),
    ...riders.map(id => ['rider', id] as const),
  ])
  return Object.fromEntries(await Promise.all(people.map(async ([role, id]) => [`${role}/${id}`, await tokenOf(role, id)])))
}

const listeners = async (house: House, { listeners: count }: Part): Promise<string[]> => {
  const tokenOf = await tokensFor(house)
  return Promise.all(Array.from({ length: count }, (_, i) => tokenOf('customer', `listener-${i}`)))
}

/** Those of each town's riders who bring nothing. */
const reportersOf = (towns: readonly Town[], { riders }: Part, tokens: Readonly<Record<string, string>>): Pinger[] =>
  towns.flatMap(town => town.riders.slice(riders).map(id => ({ id, token: tokens[`rider/${id}`] ?? '', at: placeIn(town, Math.random) })))

/** What a process has open beside its sockets. */
const FURTHER_FILES = 1_000

/** How many files, sockets among them, a process may have open; what it starts inherits it. */
const openFiles = (): number => {
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft: number | 'unlimited' } }
  }
  const soft = userLimits?.open_files?.soft ?? 'unlimited'
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : soft
}

/** All of it comes from one address, which a house in life would take for a crowd of robots. */
const MANY = '1000000'
const ONE_ADDRESS = { SOCKETS_PER_ADDRESS: MANY, LIMIT_ACCOUNTS_PER_ADDRESS: MANY, LIMIT_BROWSE: MANY }

const openPlace = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-country-'))
  const house = await openHouse({ dataDir, port: 0, seed: false, env: ONE_ADDRESS, onProgress: line => console.log(line) })
  return {
    house,
    [Symbol.asyncDispose]: async () => {
      await house.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
