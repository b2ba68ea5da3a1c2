import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type House, openHouse } from '../config/runtime/house.ts'
import { type Child, openChild } from './child.ts'
import type { BareQuestion } from './gateway/bare-process.ts'
import type { EarsQuestion, Heard, Stormed } from './gateway/ears-process.ts'
import { openLines, orderSteadily } from './gateway/orders.ts'
import type { PressAnswer, PressQuestion } from './gateway/press-process.ts'
import type { Household } from './gateway/story.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'
import { readCpu } from './trade/cpu.ts'
import { settle, tokensFor } from './trade/settle.ts'
import { townsOf } from './trade/town.ts'

interface Scale {
  readonly customers: number
  readonly stores: number
  /** Of them, so many sockets are there while latency is measured. */
  readonly listeners: number
  readonly transitionsPerS: number
  readonly measureMs: number
  readonly floodMs: number
  readonly calmMs: number
  readonly ordersPerS: number
  readonly restMs: number
}

const FULL: Scale = {
  customers: 9_500,
  stores: 500,
  listeners: 5_000,
  transitionsPerS: 500,
  measureMs: 30_000,
  floodMs: 15_000,
  calmMs: 15_000,
  ordersPerS: 20,
  restMs: 5_000,
}
const QUICK: Scale = {
  customers: 95,
  stores: 5,
  listeners: 50,
  transitionsPerS: 50,
  measureMs: 2_000,
  floodMs: 1_000,
  calmMs: 1_500,
  ordersPerS: 10,
  restMs: 500,
}

/** Pushes on their way at any moment of a flood: enough that nobody waits for work, few enough that every line keeps up. */
const AHEAD = 1_000
const STORM_WITHIN_MS = 30_000
/** Long enough that what a storm left behind is in the figure. */
const STORM_WATCHED_MS = 10_000

/**
 * The gateway: how soon a committed transition is at a socket, how many pushes one process can tell, what a silent socket costs, and how soon
 * ten thousand are back when all are cut at once. Beside it the same bytes from a bare Socket.IO server.
 */
export const bench = async ({ quick }: BenchFlags): Promise<Figures> => {
  const scale = quick ? QUICK : FULL
  await using place = await openPlace()
  const { house } = place
  const tokenOf = await tokensFor(house)
  const households = householdsOf(scale)
  const guests = guestsOf(households)
  const tokens = await Promise.all(guests.map(({ role, id }) => tokenOf(role, id)))
  const port = Number(new URL(house.url).port)
  const { natsUrl } = house
  await using press = await openChild('gateway/press-process.ts', [])
  const ask = <Answer>(child: Child, question: PressQuestion | EarsQuestion | BareQuestion) => child.ask<Answer>(question)

  // Half of them: transitions to pushes.
  const some = households.filter((_, i) => i % Math.ceil(guests.length / scale.listeners) === 0)
  const latency = await (async () => {
    await using ears = await openChild('gateway/ears-process.ts', [])
    const listeners = guestsOf(some)
    await ask(ears, { kind: 'enter', port, natsUrl, tokens: await Promise.all(listeners.map(({ role, id }) => tokenOf(role, id))) })
    await ask(press, { kind: 'enter', natsUrl, households: some })
    await ask(press, { kind: 'commit', perS: scale.transitionsPerS, ms: scale.measureMs / 10 }) // warm
    await pause(500)
    await ask(ears, { kind: 'begin' })
    const pressed = await ask<PressAnswer>(press, { kind: 'commit', perS: scale.transitionsPerS, ms: scale.measureMs })
    await pause(500)
    const heard = await ask<Heard>(ears, { kind: 'end' })
    return { sockets: listeners.length, pressed, heard }
  })()
  printTable(
    [`transitions to ${latency.sockets} sockets`, 'figure'],
    [
      ['committed by s', latency.pressed.transitions / (scale.measureMs / 1_000)],
      ['from the log to the socket, p50 ms', latency.heard.p50Ms],
      ['p99 ms', latency.heard.p99Ms],
      ['pushes that should come', latency.pressed.pushes],
      ['and came', latency.heard.pushes],
    ],
  )
  await pause(scale.restMs)

  const before = await rssOf(house)
  await using ears = await openChild('gateway/ears-process.ts', [])
  await ask(ears, { kind: 'enter', port, natsUrl, tokens })
  await pause(scale.restMs)
  const rssPerIdleSocketKb = ((await rssOf(house)) - before) / guests.length / 1_024

  await ask(press, { kind: 'enter', natsUrl, households })
  const ours = await flood(press, ears, scale, 'gateway', { press: press.pid, ears: ears.pid, ...house.pids() })
  const storm = await weather(house, ears, scale, tokenOf)
  await ask(ears, { kind: 'leave' })

  await using bare = await openChild('gateway/bare-process.ts', [natsUrl])
  await using bareEars = await openChild('gateway/ears-process.ts', [])
  const bareBefore = (await ask<{ rssBytes: number }>(bare, { kind: 'rss' })).rssBytes
  const { port: barePort } = await ask<{ port: number }>(bare, { kind: 'where' })
  await ask(bareEars, { kind: 'enter', port: barePort, natsUrl, tokens: guests.map(({ role, id }) => `${role}/${id}`) })
  await pause(scale.restMs)
  const bareRssPerIdleSocketKb = ((await ask<{ rssBytes: number }>(bare, { kind: 'rss' })).rssBytes - bareBefore) / guests.length / 1_024
  const theirs = await flood(bare, bareEars, scale, 'bare Socket.IO', { bare: bare.pid, ears: bareEars.pid }, households)

  const figures = {
    pushP50Ms: latency.heard.p50Ms,
    pushP99Ms: latency.heard.p99Ms,
    transitionsPerS: latency.pressed.transitions / (scale.measureMs / 1_000),
    transitionsFailed: latency.pressed.failed,
    pushesMissing: latency.pressed.pushes - latency.heard.pushes,
    pushesPerS: ours.perS,
    bytesPerPush: ours.bytesPerPush,
    barePushesPerS: theirs.perS,
    ratioToBareSocketIo: ours.perS / theirs.perS,
    rssPerIdleSocketKb,
    bareRssPerIdleSocketKb,
    ...storm,
  }
  printTable(['gateway', 'figure'], Object.entries(figures))
  return figures
}

const flood = async (
  from: Child,
  ears: Child,
  { floodMs }: Scale,
  name: string,
  pids: Readonly<Record<string, number>>,
  households: readonly Household[] = [],
) => {
  const ask = (ms: number) => from.ask<PressAnswer>({ kind: 'flood', ms, ahead: AHEAD, households })
  await ask(floodMs / 5) // warm
  const before = await readCpu(pids)
  await ears.ask({ kind: 'begin' })
  await ask(floodMs)
  const { pushes, bytes, seconds } = await ears.ask<Heard>({ kind: 'end' })
  const after = await readCpu(pids)
  const perS = pushes / seconds
  printTable(
    [name, 'figure'],
    [
      ['pushes by s', perS],
      ['bytes a push', bytes / Math.max(1, pushes)],
      ...Object.entries(after.processes)
        .map(([process, ms]): [string, number] => [`cores: ${process}`, (ms - (before.processes[process] ?? 0)) / seconds / 1_000])
        .filter(([, cores]) => cores > 0.02),
    ],
  )
  return { perS, bytesPerPush: bytes / Math.max(1, pushes) }
}

/** Orders in calm, then all sockets cut at once, orders going on. */
const weather = async (house: House, ears: Child, scale: Scale, tokenOf: Awaited<ReturnType<typeof tokensFor>>): Promise<Figures> => {
  const [town] = townsOf(1, { customers: 40, riders: 0 })
  if (!town) throw new Error('no town')
  await settle(house, [town])
  const tokens = Object.fromEntries(await Promise.all(town.customers.map(async id => [id, await tokenOf('customer', id)] as const)))
  await openLines(house.url)
  const warm = orderSteadily(house.url, town, tokens, scale.ordersPerS)
  await pause(scale.calmMs / 3)
  await warm.end()
  const quiet = orderSteadily(house.url, town, tokens, scale.ordersPerS)
  await pause(scale.calmMs)
  const calm = await quiet.end()
  const pids = { ears: ears.pid, ...house.pids() }
  const before = await readCpu(pids)
  const stormy = orderSteadily(house.url, town, tokens, scale.ordersPerS)
  const [stormed] = await Promise.all([
    ears.ask<Stormed>({ kind: 'storm', withinMs: STORM_WITHIN_MS }),
    pause(Math.min(scale.calmMs, STORM_WATCHED_MS)),
  ])
  const during = await stormy.end()
  const after = await readCpu(pids)
  printTable(
    ['storm', 'figure'],
    [
      ['sockets back', stormed.back],
      ['the last after s', stormed.seconds],
      ['p50 ms', stormed.p50Ms],
      ['p99 ms', stormed.p99Ms],
      ['tried again', stormed.again],
      ['orders in calm', calm.count],
      ['p99 ms in calm', calm.p99Ms],
      ['orders during', during.count],
      ['p99 ms during', during.p99Ms],
      ['orders failed', calm.failed + during.failed],
      ...Object.entries(after.processes)
        .map(([process, ms]): [string, number] => [`CPU s: ${process}`, (ms - (before.processes[process] ?? 0)) / 1_000])
        .filter(([, s]) => s > 0.05),
      ['CPU s: all on this machine', (after.machineMs - before.machineMs) / 1_000],
    ],
  )
  return {
    stormResyncS: stormed.seconds,
    stormP50Ms: stormed.p50Ms,
    stormP99Ms: stormed.p99Ms,
    stormBack: stormed.back,
    ordersFailed: calm.failed + during.failed,
    orderP50Ms: calm.p50Ms,
    orderP99Ms: calm.p99Ms,
    stormOrderP50Ms: during.p50Ms,
    stormOrderP99Ms: during.p99Ms,
    stormOrderP99Ratio: during.p99Ms / calm.p99Ms,
  }
}

const householdsOf = ({ customers, stores }: Scale): readonly Household[] =>
  Array.from({ length: customers }, (_, i) => ({
    customerId: `customer-${String(i).padStart(11, '0')}`,
    storeId: `store-${String(i % stores).padStart(10, '0')}`,
  }))

/** Each customer and each store once. */
const guestsOf = (households: readonly Household[]) => [
  ...households.map(({ customerId: id }) => ({ role: 'customer' as const, id })),
  ...[...new Set(households.map(({ storeId }) => storeId))].map(id => ({ role: 'store' as const, id })),
]

/** Bytes. */
const rssOf = async (house: House): Promise<number> => {
  const status = await readFile(`/proc/${house.pids().web}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
}

const openPlace = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-gateway-'))
  const house = await openHouse({ dataDir, port: 0, seed: false, onProgress: line => console.log(line), env: profiling() })
  return {
    house,
    [Symbol.asyncDispose]: async () => {
      await house.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** `BENCH_PROFILE=gateway` writes a CPU profile of every process of ours beside the figures. */
const profiling = (): Record<string, string> =>
  process.env.BENCH_PROFILE === 'gateway' ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(import.meta.dirname, 'out/profiles')}` } : {}
