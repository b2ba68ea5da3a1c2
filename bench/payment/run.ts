import type { House } from '../../config/runtime/house.ts'
import { openChild } from '../child.ts'
import { type Cpu, readCpu } from '../trade/cpu.ts'
import { settle, tokensFor } from '../trade/settle.ts'
import { type Town, townsOf } from '../trade/town.ts'
import type { ErrandsEnded } from './errands-process.ts'
import type { PayersEnded } from './payers-process.ts'
import type { Death, Phase, Plan, ProviderPlan } from './plan.ts'
import { Watch } from './watch.ts'

/** When each phase began, and when the last one ended, milliseconds since 1970. */
export type Times = Readonly<Record<Phase | 'end', number>>

export interface Evening {
  readonly times: Times
  readonly watch: Pick<Watch, 'looks' | 'turns' | 'meanLoad'>
  readonly payers: PayersEnded
  readonly errands: ErrandsEnded
  /** At the beginning of each phase. */
  readonly cpu: Readonly<Record<Phase, Cpu>>
  /** Whether everybody had his turn in the time that the plan gives. */
  readonly drained: boolean
}

const DEADLY: Readonly<Record<Death, object>> = { hangs: { hangRate: 1 }, errors: { errorRate: 1 }, resets: { resetRate: 1 } }
/** So long nobody may be waiting before all have had their turn: what failed comes back by itself. */
const QUIET_MS = 1_500
const LOOK_EVERY_MS = 100

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Calm, the spike, the provider's death, its recovery, and calm again. */
export const runEvening = async (house: House, plan: Plan, death: Death): Promise<Evening> => {
  const towns = townsOf(plan.crowd.towns + 4, { customers: plan.crowd.customers, riders: 5 })
  const [crowdTowns, otherTowns] = [towns.slice(4), towns.slice(0, 4)]
  await settle(house, towns)
  const tokenOf = await tokensFor(house)
  const tokens = await passesOf(towns, tokenOf)
  await using payers = await openChild('payment/payers-process.ts', [])
  await using errands = await openChild('payment/errands-process.ts', [])
  const { stock, atOnce, perS } = plan.errands
  await errands.ask({ kind: 'enter', origin: house.url, towns: otherTowns, tokens, atOnce, stock })
  await renewWorkers(house)
  await payers.ask({ kind: 'enter', origin: house.url, towns: crowdTowns, tokens })
  const provider = (faults: object) => setProvider(house, plan.provider, faults)
  await provider({})
  await using watch = await Watch.open(house, await tokenOf('ops', 'ops-bench'))
  watch.begin()

  const cpu = () => readCpu({ ...house.pids(), 'load (crowd)': payers.pid, 'load (others)': errands.pid })
  const [calm, calmCpu] = [Date.now(), await cpu()]
  await payers.ask({ kind: 'rate', perS: plan.steadyPerS })
  await errands.ask({ kind: 'rate', perS })
  await sleep(plan.calmMs)
  const [spike, spikeCpu] = [Date.now(), await cpu()]
  await payers.ask({ kind: 'rate', perS: plan.steadyPerS * plan.times })
  await sleep(plan.spikeMs)
  await provider(DEADLY[death])
  const [dead, deadCpu] = [Date.now(), await cpu()]
  await payers.ask({ kind: 'rate', perS: plan.steadyPerS })
  await sleep(plan.deathMs)
  await provider({})
  const [recovery, recoveryCpu] = [Date.now(), await cpu()]
  const drained = await allServed(watch, recovery + plan.recoveryWithinMs)
  const [done, doneCpu] = [Date.now(), await cpu()]
  await sleep(plan.afterMs)
  const [payersEnd, errandsEnd] = await Promise.all([payers.ask<PayersEnded>({ kind: 'end' }), errands.ask<ErrandsEnded>({ kind: 'end' })])
  await allServed(watch, Date.now() + 10_000)
  const times = { calm, spike, dead, recovery, after: done, end: done + plan.afterMs }
  const cpus = { calm: calmCpu, spike: spikeCpu, dead: deadCpu, recovery: recoveryCpu, after: doneCpu }
  return { times, watch, payers: payersEnd, errands: errandsEnd, cpu: cpus, drained }
}

/** What a payment worker has learnt of a provider with nothing to do says nothing of this one. */
const renewWorkers = async (house: House): Promise<void> => {
  const old = Object.entries(house.pids()).filter(([name]) => name.startsWith('payments'))
  for (const [name] of old) house.kill(name, 'SIGTERM')
  while (old.some(([name, pid]) => house.pids()[name] === pid)) await sleep(LOOK_EVERY_MS)
  await house.ready()
}

const allServed = async (watch: Watch, untilMs: number): Promise<boolean> => {
  for (let quietMs = 0; quietMs < QUIET_MS; ) {
    if (Date.now() > untilMs) return false
    await sleep(LOOK_EVERY_MS)
    const [last] = watch.looks.slice(-1)
    quietMs = watch.waiting <= 2 && (last?.waiting ?? 0) <= 2 ? quietMs + LOOK_EVERY_MS : 0
  }
  return true
}

const passesOf = async (
  towns: readonly Town[],
  tokenOf: Awaited<ReturnType<typeof tokensFor>>,
): Promise<Readonly<Record<string, string>>> => {
  const people = towns.flatMap(({ store, customers, riders }) => [
    ['store', store.id] as const,
    ...customers.map(id => ['customer', id] as const),
    ...riders.map(id => ['rider', id] as const),
  ])
  return Object.fromEntries(await Promise.all(people.map(async ([role, id]) => [`${role}/${id}`, await tokenOf(role, id)])))
}

const setProvider = async ({ standIns }: House, plan: ProviderPlan, faults: object): Promise<void> => {
  const body = JSON.stringify({ ...plan, ...faults, on: ['confirm'] })
  const answer = await fetch(`${standIns.psp}/stand-in/faults`, { method: 'PUT', body })
  if (!answer.ok) throw new Error(`the stand-in of the payment provider does not take these faults: ${await answer.text()}`)
}
