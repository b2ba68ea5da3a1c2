import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Counter } from '../../actors/counter.ts'
import { runEffects } from '../../actors/effects.ts'
import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { HostSign } from '../../actors/membership.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryCounter } from '../../actors/memory/counter.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryServices } from '../../actors/memory/services.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import type { Wire } from '../../actors/wire.ts'
import { STREAMS } from '../../config/streams.ts'
import { DEFAULT_GRADES } from '../../machines/customer.ts'
import { DEFAULT_WINDOWS, type PaymentOutcome, type PaymentRequest } from '../../machines/order-types.ts'
import type { StoreProfile } from '../../machines/store.ts'
import { Verdicts } from '../../server/breakers/verdicts.ts'
import type { Account } from '../../server/contract/account.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { Attempts } from '../../server/gateway/attempts.ts'
import { Board } from '../../server/gateway/board.ts'
import { Breakers } from '../../server/gateway/breakers.ts'
import type { Budgets } from '../../server/gateway/budgets.ts'
import { Catalogue } from '../../server/gateway/catalogue.ts'
import { Commands } from '../../server/gateway/commands.ts'
import { type Ending, Endings } from '../../server/gateway/endings.ts'
import { Entities } from '../../server/gateway/entities.ts'
import { Figures } from '../../server/gateway/figures.ts'
import { Hosts } from '../../server/gateway/hosts.ts'
import { Intake } from '../../server/gateway/intake.ts'
import { Interest } from '../../server/gateway/interest.ts'
import { NewStores } from '../../server/gateway/new-stores.ts'
import { Notifications } from '../../server/gateway/notifications.ts'
import { Ops } from '../../server/gateway/ops.ts'
import { Orders } from '../../server/gateway/orders.ts'
import { PaymentHints } from '../../server/gateway/payment-hints.ts'
import { Positions } from '../../server/gateway/positions.ts'
import { Reachable } from '../../server/gateway/reachable.ts'
import { Refreshing, type SessionEntry } from '../../server/gateway/refreshing.ts'
import { Reports } from '../../server/gateway/reports.ts'
import { Sales } from '../../server/gateway/sales.ts'
import { Sessions } from '../../server/gateway/sessions.ts'
import { StoreNames } from '../../server/gateway/store-names.ts'
import { Stores } from '../../server/gateway/stores.ts'
import { Tokens } from '../../server/gateway/tokens.ts'
import { WaitingRoom } from '../../server/gateway/waiting-room.ts'
import { Watch } from '../../server/gateway/watch.ts'
import { createApp } from '../../server/http/app.ts'
import { MESSAGE_BOOK, MessageBook } from '../../server/message-book.ts'
import { RequestMetrics } from '../../server/metrics/requests.ts'
import { checkedFetch } from '../harness/checked.ts'
import { generous } from '../harness/generous.ts'
import { LogReads } from './log-reads.ts'
import { MemoryAccounts } from './memory-accounts.ts'

/** A VAPID key, by its looks. */
export const PUSH_KEY = 'B'.repeat(87)
export const NOON = Date.parse('2026-11-22T03:00:00.000Z') // 12:00 in Seoul
export const AROUND_THE_CLOCK = Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' }))

export const CHICKEN = {
  id: 'm-1',
  name: '후라이드',
  price: 18_000,
  soldOut: false,
  options: [
    {
      id: 'g-1',
      name: '추가',
      min: 0,
      max: 2,
      choices: [
        { id: 'c-1', name: '치즈볼', price: 4_000 },
        { id: 'c-2', name: '콜라', price: 2_000 },
      ],
    },
  ],
}
const COLA = { id: 'm-2', name: '사이다', price: 2_000, soldOut: false, options: [] }

const profile = (changes: Partial<StoreProfile> = {}): StoreProfile => ({
  name: '역삼통닭',
  lat: 37.5,
  lng: 127.03,
  address: '서울 강남구 역삼로 1',
  phone: '0200000001',
  zone: 'Asia/Seoul',
  hours: AROUND_THE_CLOCK,
  ...changes,
})

export const anOrder = (changes: object = {}) => ({
  storeId: 'store-1',
  items: [{ menuId: 'm-1', quantity: 2, choices: ['c-1'] }],
  deliverTo: { address: '서울 강남구 테헤란로 1', lat: 37.501, lng: 127.031, detail: '101호' },
  ...changes,
})

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came, and says what it must be
  readonly body: any
}

export interface CallOptions {
  readonly as?: Account
  readonly token?: string
  readonly body?: unknown
  readonly raw?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type GatewayHouse = Awaited<ReturnType<typeof openGateway>>

/** A whole gateway on a free port: real HTTP, real actors and effects; the log and the wire are the memory twins unless others are given. */
export const openGateway = async (ports?: {
  readonly log?: Log
  readonly wire?: Wire
  readonly startMs?: number
  readonly counter?: Counter
  readonly budgets?: Budgets
  readonly proxies?: number
  readonly origins?: readonly string[]
}) => {
  const clock = new HandClock(ports?.startMs ?? NOON)
  const now = () => clock.now()
  const newId = () => randomUUID()
  const log = ports?.log ?? new MemoryLog({ clock, streams: STREAMS })
  const wire = ports?.wire ?? new MemoryWire()
  const host = new Host({ log, wire, clock, kinds: KINDS })
  await host.start()
  // The clock of tests stands still; a deadline must not.
  const router = new Router({ wire, now: Date.now, random: Math.random })

  const confirms: PaymentRequest[] = []
  const provider = {
    confirms,
    outcome: (_request: PaymentRequest): PaymentOutcome | 'silence' => ({ kind: 'approved', approvedAt: new Date(now()).toISOString() }),
  }
  const worker = { log, router, now, random: Math.random, stream: 'ORDERS', concurrency: 10, ackWaitMs: 30_000, maxAttempts: 3 }
  const workers = [
    await runEffects<PaymentRequest, PaymentOutcome>({
      ...worker,
      src: 'confirmPayment',
      call: async ({ input }) => {
        confirms.push(input)
        const outcome = provider.outcome(input)
        return outcome === 'silence' ? { kind: 'retry', reason: 'no answer', afterMs: 3_600_000 } : { kind: 'done', output: outcome }
      },
    }),
  ]

  const register = async (kind: string, id: string, event: object): Promise<void> => {
    const by = { role: 'system', id: 'test' } as const
    const command = {
      commandId: `register:${kind}:${id}`,
      address: { kind, id },
      event: { type: 'register', ...event },
      by,
      at: new Date(now()).toISOString(),
    }
    const reply = await router.ask(command)
    if (reply.kind !== 'moved') throw new Error(`${kind}/${id} was not registered: ${JSON.stringify(reply)}`)
  }
  await register('store', 'store-1', { profile: profile() })
  await register('menu', 'store-1', { items: [CHICKEN, COLA] })
  await register('store', 'store-2', {
    profile: profile({ name: '선릉야식', lat: 37.51, hours: AROUND_THE_CLOCK.map(() => ({ open: '17:00', close: '02:00' })) }),
  })
  await register('menu', 'store-2', { items: [CHICKEN] })
  for (const id of ['customer-1', 'customer-2']) await register('customer', id, { name: '김민아', phone: '01000000001' })
  for (const id of ['rider-1', 'rider-2']) await register('rider', id, { name: '박하늘', phone: '01000000002' })

  const catalogue = await Catalogue.open({ log, now })
  const bucket = new MemoryBucket<{ lat: number; lng: number; seq: number; at: string }>(clock, 600_000)
  const positions = new Positions({ nats: { announce: () => {}, hear: () => ({ stop: () => {} }) }, bucket, clock })
  const reads = new LogReads(log)
  const tokens = new Tokens({ secret: 'a secret of the tests, 32 letters', tokenMinutes: 720, now })
  const accounts = new MemoryAccounts()
  const settings = { paymentWaitMs: 1_000, commandDeadlineMs: 2_000, riderLimit: 1, windows: DEFAULT_WINDOWS }
  const records = new Interest<Stored<ActorRecord>>((subject, deliver) => log.live(subject, deliver))
  const lines: string[] = []
  const logger = pino({ level: 'debug' }, { write: line => void lines.push(line) })
  const counter = ports?.counter ?? new MemoryCounter()
  const intake = new Intake({ counter, now, newId, logger })
  const commands = new Commands({ log, router, records, catalogue, intake, settings, now, newId })
  const book = new MessageBook(new MemoryBucket<MessageRecord>(clock, MESSAGE_BOOK.ttlMs))
  const signals = new MemorySignals()
  const verdicts = await Verdicts.open({ log, signals, now })
  const room = new WaitingRoom({ verdicts, now, random: () => 0, patienceMs: settings.paymentWaitMs })
  const figures = new Figures({ gateway: 'gateway-1', now, delayMs: () => 0, sockets: () => 0 })
  const signs = new MemoryBucket<HostSign>(clock, 86_400_000)
  const services = new MemoryServices()
  const endings = await Endings.open({ bucket: new MemoryBucket<Ending>(clock, 86_400_000), signals, tokens })
  const refreshing = new Refreshing({ bucket: new MemoryBucket<SessionEntry>(clock, 30 * 86_400_000), tokens, endings, now, newId })
  const registry = new Registry()
  const app = createApp({
    settings: { payment: { provider: 'standIn' }, map: {}, demo: true },
    logger,
    metrics: new RequestMetrics(registry),
    now,
    newId,
    tokens: endings,
    budgets: ports?.budgets ?? generous(),
    proxies: ports?.proxies ?? 0,
    origins: ports?.origins ?? [],
    sessions: new Sessions({ accounts, attempts: new Attempts(now), refreshing, router, now, newId, logger }),
    catalogue,
    commands: figures.counting(commands),
    orders: new Orders({ log, reads, positions, now, freshness: { staleMs: 15_000, hiddenMs: 60_000 } }),
    entities: new Entities({ log, router, now, newId, grades: DEFAULT_GRADES }),
    sales: new Sales({ catalogue, reads }),
    storeNames: new StoreNames(reads),
    stores: new Stores({ log, router, now, newId, commandDeadlineMs: settings.commandDeadlineMs }),
    newStores: new NewStores({ accounts, router, now, newId }),
    ops: new Ops({ log, reads, messages: book, now, logger }),
    hints: new PaymentHints({ log, router, now, newId }),
    breakers: new Breakers({ log, router, verdicts, now }),
    watch: new Watch({ log, streams: STREAMS.map(({ name }) => name), reads, verdicts, room, figures, now }),
    hosts: new Hosts({ signs, log, services, logger }),
    positions,
    board: new Board(log),
    reachable: new Reachable({ router, now, newId, push: { publicKey: PUSH_KEY, allowLoopback: false } }),
    notifications: new Notifications(log),
    reports: new Reports({ book, now, logger }),
    health: { ready: () => true, extra: () => ({ standIns: { psp: 'http://psp' } }) },
  })
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const call = async (method: string, path: string, { as, token, body, raw, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const bearer = token ?? (as && (await tokens.issue(as)))
    const answer = await checkedFetch(url + path, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headers,
      },
      ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json')
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : isJson ? JSON.parse(text) : text }
  }

  return {
    url,
    call,
    clock,
    log,
    wire,
    router,
    catalogue,
    counter,
    register,
    tokens,
    accounts,
    book,
    reads,
    provider,
    commands,
    signals,
    signs,
    services,
    logged: lines,
    registry,
    host,
    /** Places an order as customer-1, under a key of its own. */
    place: (changes: object = {}, key: string = randomUUID()) =>
      call('POST', '/api/orders', { as: customer1, body: anOrder(changes), headers: { 'idempotency-key': key } }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await catalogue.stop()
      for (const running of workers) await running.stop()
      await host.drain()
    },
  }
}

export const customer1: Account = { role: 'customer', id: 'customer-1' }
export const customer2: Account = { role: 'customer', id: 'customer-2' }
export const store1: Account = { role: 'store', id: 'store-1' }
export const store2: Account = { role: 'store', id: 'store-2' }
export const rider1: Account = { role: 'rider', id: 'rider-1' }
export const rider2: Account = { role: 'rider', id: 'rider-2' }
export const ops1: Account = { role: 'ops', id: 'ops-1' }

/** Asks until it is so. @throws Error after 15 s, naming what did not happen */
export const until = async (what: string, so: () => Promise<boolean>): Promise<void> => {
  for (const endMs = Date.now() + 15_000; Date.now() < endMs; await new Promise(resolve => setImmediate(resolve))) if (await so()) return
  throw new Error(`did not happen within 15 s: ${what}`)
}
