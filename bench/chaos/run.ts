import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type House, openHouse } from '../../config/runtime/house.ts'
import { check } from './check.ts'
import { Client } from './client.ts'
import { collect } from './collect.ts'
import { Dice } from './dice.ts'
import type { Evidence, Violation } from './evidence.ts'
import { History } from './history.ts'
import { Injector } from './injector.ts'
import { Network } from './network.ts'
import { type Fault, plan } from './plan.ts'
import { play, STORIES } from './stories.ts'
import { Toll } from './toll.ts'

export interface ChaosOptions {
  /** How long faults are injected. */
  readonly seconds: number
  /** Same seed, same faults and same orders; what meets what is up to the machine. */
  readonly seed: number
  /** NATS servers: 1 or 3. */
  readonly cluster: number
  readonly ordersPerSecond: number
  /** Of the house; emptied first, and removed when nothing is wrong. */
  readonly dataDir: string
  readonly say: (line: string) => void
}

export interface ChaosReport {
  readonly evidence: Evidence
  readonly violations: readonly Violation[]
  readonly toll: Toll
  /** From the last fault until nothing was wrong any more, or patience ended. */
  readonly settledMs: number
}

const HOSTS = 3
const PAYMENTS = 2
/** All windows short: an order that its people leave alone ends within seconds. */
const ENV = {
  ACCEPT_WINDOW_MS: '8000',
  PAY_WINDOW_MS: '8000',
  CONFIRM_WINDOW_MS: '4000',
  KITCHEN_WINDOW_MS: '30000',
  RIDER_WINDOW_MS: '20000',
  CLAIM_WINDOW_MS: '3000',
  DELIVER_WINDOW_MS: '30000',
  ALERT_EVERY_MS: '3000',
  PAYMENT_WAIT_MS: '1500',
  TOSS_TIMEOUT_MS: '1500',
  LOG_LEVEL: 'warn',
} as const
/** The provider's own bad days, beside the faults of ours. */
const PROVIDER = { latencyMs: 10, jitterMs: 60, errorRate: 0.03, hangRate: 0.02, resetRate: 0.03, timeoutAfterCommitRate: 0.03 } as const
const CUSTOMERS = 8
const STORES = 4
const RIDERS = 5
/** Effects are tried again up to 30 s after they failed, and 18 s after their worker was killed. */
const SETTLE_WITHIN_MS = 150_000
const NEARBY = { lat: 37.5012, lng: 127.0352 }

/** Opens a house, plays orders in it while it is hurt, lets it rest, and reads the evidence. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { seconds, seed, cluster, dataDir, say } = options
  const toll = new Toll()
  const history = new History(atMs => toll.acknowledged(atMs))
  // Enough for every role process and the two that only prepare the house.
  await using network = await Network.open((HOSTS + PAYMENTS + 7) * cluster)
  const staff = { cluster, hosts: HOSTS, payments: PAYMENTS }
  const natsUrlOf = (name: string, natsUrl: string): string => network.urlFor(name, natsUrl)
  const house = await openHouse({ dataDir, port: 0, fresh: true, env: ENV, ...staff, natsUrlOf, onProgress: say })
  try {
    const clients = await enter(house, history, seed)
    await setProvider(house, PROVIDER)
    say(`${seconds} s of faults, seed ${seed}, ${Object.keys(house.pids()).length} processes, ${options.ordersPerSecond} orders/s`)
    const injector = new Injector(house, network, fault => {
      toll.fault(fault)
      say(tell(fault))
    })
    const targets = Object.keys(house.pids()).filter(name => name !== 'psp' && name !== 'kakao')
    const faults = plan(new Dice(seed), seconds * 1_000, targets.sort())
    const stopping = new AbortController()
    const load = keepOrdering(clients, new Dice(seed + 1), options.ordersPerSecond, stopping.signal)
    await injector.run(faults)
    stopping.abort()
    say('no more faults; waiting until all is quiet')
    const since = Date.now()
    await setProvider(house, {})
    await house.ready()
    await load
    const { evidence, violations } = await settle(() => collect(house, history, Object.values(clients).flat()), say)
    const settledMs = Date.now() - since
    for (const client of Object.values(clients).flat()) await client[Symbol.asyncDispose]()
    await house.stop()
    if (violations.length === 0) await rm(dataDir, { recursive: true, force: true })
    return { evidence, violations, toll, settledMs }
  } finally {
    await house.stop()
  }
}

const tell = ({ atMs, kind, target, forMs }: Fault): string =>
  `${(atMs / 1_000).toFixed(1).padStart(6)} s  ${kind} ${target}${forMs > 0 ? ` for ${(forMs / 1_000).toFixed(1)} s` : ''}`

interface Clients {
  readonly customers: readonly Client[]
  readonly stores: readonly Client[]
  readonly riders: readonly Client[]
}

const enter = async (house: House, history: History, seed: number): Promise<Clients> => {
  const enterAll = (role: 'customer' | 'store' | 'rider', count: number): Promise<Client[]> =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        Client.enter(role, `${role}-${i + 1}`, { origin: house.url, history, dice: new Dice(seed + 100 * i + role.length) }),
      ),
    )
  const customers = await enterAll('customer', CUSTOMERS)
  const stores = await enterAll('store', STORES)
  const riders = await enterAll('rider', RIDERS)
  for (const { live } of riders) {
    await live.online(true)
    await live.location({ ...NEARBY, seq: Date.now(), at: new Date().toISOString() })
  }
  return { customers, stores, riders }
}

/** Open load: orders come at their own pace, however the house is. Answers when every story has been played. */
const keepOrdering = async (clients: Clients, dice: Dice, perSecond: number, signal: AbortSignal): Promise<void> => {
  const played: Promise<void>[] = []
  while (!signal.aborted) {
    const rider = dice.pick(clients.riders)
    const rival = dice.pick(clients.riders.filter(other => other !== rider))
    const cast = { customer: dice.pick(clients.customers), store: dice.pick(clients.stores), rider, rival }
    played.push(play(dice.weighed(STORIES), cast, dice))
    await pause(1_000 / perSecond, undefined, { signal }).catch(() => {})
  }
  await Promise.all(played)
}

const setProvider = async ({ standIns }: House, faults: object): Promise<void> => {
  const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) }
  const answer = await fetch(`${standIns.psp}/stand-in/faults`, init)
  if (!answer.ok) throw new Error(`the stand-in refused its faults: ${await answer.text()}`)
}

/** Reads and checks until nothing is wrong: what comes right by itself within the time was only late. */
const settle = async (
  read: () => Promise<Evidence>,
  say: (line: string) => void,
): Promise<{ readonly evidence: Evidence; readonly violations: readonly Violation[] }> => {
  const until = Date.now() + SETTLE_WITHIN_MS
  for (;;) {
    const evidence = await read()
    const violations = check(evidence)
    if (violations.length === 0 || Date.now() > until) return { evidence, violations }
    const [first] = violations
    say(`not yet: ${violations.length}, ${first?.orderId}: ${first?.rule}: ${first?.evidence}`)
    await pause(3_000)
  }
}
