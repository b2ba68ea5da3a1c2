import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { HOSTS, type HostSign } from '../../actors/membership.ts'
import type { OrderWindows } from '../../machines/order-types.ts'
import { Verdicts } from '../breakers/verdicts.ts'
import { Accounts } from '../db/accounts.ts'
import { openOrm } from '../db/orm.ts'
import { poolFigures } from '../db/pool-figures.ts'
import { OrderReader } from '../db/read-orders.ts'
import { ASLEEP, Asleep } from '../gateway/asleep.ts'
import { Attempts } from '../gateway/attempts.ts'
import { Board } from '../gateway/board.ts'
import { Breakers } from '../gateway/breakers.ts'
import { type BudgetOptions, Budgets } from '../gateway/budgets.ts'
import { Catalogue } from '../gateway/catalogue.ts'
import { followClaims } from '../gateway/claims.ts'
import { Commands } from '../gateway/commands.ts'
import { ENDINGS, type Ending, Endings } from '../gateway/endings.ts'
import { Entities } from '../gateway/entities.ts'
import { Figures } from '../gateway/figures.ts'
import { Hosts } from '../gateway/hosts.ts'
import { Intake } from '../gateway/intake.ts'
import { LogLevels } from '../gateway/log-levels.ts'
import { NewStores } from '../gateway/new-stores.ts'
import { Notifications } from '../gateway/notifications.ts'
import { Ops } from '../gateway/ops.ts'
import { Orders } from '../gateway/orders.ts'
import { PaymentHints } from '../gateway/payment-hints.ts'
import { POSITION_TTL_MS, Positions } from '../gateway/positions.ts'
import { Pusher } from '../gateway/pusher.ts'
import { Reachable } from '../gateway/reachable.ts'
import { Refreshing, SESSIONS, type SessionEntry } from '../gateway/refreshing.ts'
import { Reports } from '../gateway/reports.ts'
import { Sales } from '../gateway/sales.ts'
import { Sessions } from '../gateway/sessions.ts'
import { StoreNames } from '../gateway/store-names.ts'
import { Stores } from '../gateway/stores.ts'
import { ticketed } from '../gateway/tickets.ts'
import { Tokens } from '../gateway/tokens.ts'
import { WaitingRoom } from '../gateway/waiting-room.ts'
import { Watch } from '../gateway/watch.ts'
import { createApp } from '../http/app.ts'
import { httpServer } from '../http/http-server.ts'
import { LoopDelay } from '../loop-delay.ts'
import { MESSAGE_BOOK, MessageBook } from '../message-book.ts'
import { measureBreakers, measureWaitingRoom } from '../metrics/breakers.ts'
import { measured } from '../metrics/commands.ts'
import { measurePool } from '../metrics/postgres.ts'
import { measureDelay } from '../metrics/process.ts'
import { measureSockets, PushTally } from '../metrics/pushes.ts'
import { RequestMetrics } from '../metrics/requests.ts'
import { opsEndpoints } from '../ops/endpoints.ts'
import { attachSockets, type Sockets } from '../sockets/sockets.ts'
import { appSettings } from './app-settings.ts'
import {
  gradesOf,
  measure,
  openHealth,
  openNats,
  openService,
  openTracing,
  type RoleParts,
  type Running,
  routerOf,
  runningOf,
} from './role.ts'

/** Connections that wait to be accepted: beyond it the kernel drops them, and their next try is 1, 3, 7 s later. Node's own 511 are a tenth of a storm. */
const BACKLOG = 8_192
/** A phone in a lift is back within half a minute, or stays away. */
const LINGER_MS = 30_000
/** Lists and sign-ins are all that a gateway asks PostgreSQL. */
const CONNECTIONS = 10

/** The gateway: HTTP and sockets for every audience. It wires; what it wires is each in a file of its own. */
export const runWeb = async (parts: RoleParts): Promise<Running> => {
  const { config, logger, clock, newId } = parts
  const now = () => clock.now()
  const nats = await openNats(parts, 'gateway')
  const tracing = await openTracing(parts, 'gateway')
  const { tracer } = tracing
  const { log } = nats
  const router = routerOf(parts, nats, tracer)
  const orm = await openOrm({ databaseUrl: config.DATABASE_URL, poolMax: CONNECTIONS, logger })
  const reads = new OrderReader(orm)

  const tokens = new Tokens({
    secret: config.JWT_SECRET,
    formerSecrets: config.JWT_FORMER_SECRETS,
    tokenMinutes: config.TOKEN_MINUTES,
    sessionDays: config.SESSION_DAYS,
    now,
  })
  const accounts = new Accounts(orm)
  const endings = await Endings.open({
    bucket: await nats.bucket<Ending>(ENDINGS, { ttlMs: (config.TOKEN_MINUTES + 1) * 60_000, storage: 'file' }),
    signals: nats,
    tokens,
  })
  const kept = await nats.bucket<SessionEntry>(SESSIONS, { ttlMs: config.SESSION_DAYS * 86_400_000, storage: 'file' })
  const refreshing = new Refreshing({ bucket: kept, tokens, endings, now, newId })
  const sessions = new Sessions({ accounts, attempts: new Attempts(now), refreshing, router, now, newId, logger })
  const catalogue = await Catalogue.open({
    log,
    now,
    onBreak: error => logger.warn({ err: error }, 'the catalogue lost the log'),
    onDamaged: ({ subject, seq }) => logger.error({ subject, seq }, 'a damaged record of a store or a menu is passed over'),
  })
  const book = new MessageBook(await nats.bucket(MESSAGE_BOOK.name, MESSAGE_BOOK))
  const reports = new Reports({ book, now, logger })
  const positions = new Positions({ nats, clock, bucket: await nats.bucket('positions', { ttlMs: POSITION_TTL_MS, storage: 'memory' }) })
  const settings = {
    paymentWaitMs: config.PAYMENT_WAIT_MS,
    commandDeadlineMs: config.COMMAND_DEADLINE_MS,
    riderLimit: config.RIDER_LIMIT,
    windows: windowsOf(config),
  }
  const verdicts = await Verdicts.open({ log, signals: nats, now })
  const room = new WaitingRoom({ verdicts, now, random: parts.random, patienceMs: config.PAYMENT_WAIT_MS })
  const freshness = { staleMs: config.POSITION_STALE_MS, hiddenMs: config.POSITION_HIDDEN_MS }
  const orders = new Orders({ log, reads, positions, now, freshness })
  const entities = new Entities({ log, router, now, newId, grades: gradesOf(config) })
  const ops = new Ops({ log, reads, archive: reads, messages: book, now, logger })
  const reachable = new Reachable({ router, now, newId, ...pushOf(config) })
  const notifications = new Notifications(log)
  const board = new Board(log)
  const gateway = `gateway-${newId()}`
  const asleep = new Asleep({ bucket: await nats.bucket(ASLEEP.name, ASLEEP), clock, gateway, logger })
  const pusher = new Pusher({
    log,
    reads,
    board,
    positions,
    clock,
    asleep,
    rings: config.DELIVERY_RINGS,
    freshness,
    lingerMs: LINGER_MS,
    room,
    verdicts,
    logger,
    tracer,
  })
  const intake = new Intake({ counter: nats.counter('intake'), now, newId, logger })
  const trade = new Commands({ log, router, records: pusher.orders, catalogue, intake, settings, room, now, newId })
  const metrics = new RequestMetrics()
  const loopDelay = new LoopDelay()
  const delayMs = (): number => loopDelay.ms
  const figures: Figures = new Figures({ gateway, now, delayMs, sockets: () => sockets.count })
  const commands = measured(figures.counting(ticketed(followClaims(trade, pusher, logger), { log, router, room, now })), metrics, now)
  const breakers = new Breakers({ log, archive: reads, router, verdicts, now })
  const watch = new Watch({ log, streams: parts.streams.map(({ name }) => name), reads, verdicts, room, figures, now })
  const signs = await nats.bucket<HostSign>(HOSTS.name, HOSTS)
  const hosts = new Hosts({ signs, log, services: nats.services, logger })
  const budgets = new Budgets({ ...limitsOf(config), delayMs, random: parts.random })
  const doors = { proxies: config.PROXIES, origins: config.CORS_ORIGINS }
  const standIns = config.PSP_PORT > 0 ? { standIns: { psp: config.TOSS_URL, kakao: config.SOLAPI_URL } } : {}
  const health = { ready: () => nats.connected, extra: () => standIns }
  const app = createApp({
    settings: appSettings(config),
    ...(config.APPS_DIR === '' ? {} : { appsDir: config.APPS_DIR }),
    logger,
    now,
    newId,
    tokens: endings,
    budgets,
    ...doors,
    sessions,
    catalogue,
    commands,
    orders,
    entities,
    sales: new Sales({ catalogue, reads }),
    storeNames: new StoreNames(reads),
    stores: new Stores({ log, router, now, newId, commandDeadlineMs: config.COMMAND_DEADLINE_MS }),
    newStores: new NewStores({ accounts, router, now, newId }),
    ops,
    hints: new PaymentHints({ log, router, now, newId }),
    breakers,
    watch,
    hosts,
    positions,
    board,
    reachable,
    notifications,
    reports,
    health,
    metrics,
    tracer,
  })
  const server = httpServer(app)
  const pushes = new PushTally()
  const sockets: Sockets = attachSockets(server, {
    pass: token => endings.pass(token),
    isEnded: pass => endings.covers(pass),
    commands,
    positions,
    pusher,
    setOnline: (account, online) => entities.setOnline(account, online),
    act: (account, orderId) => trade.seen(account, orderId),
    clock,
    delayMs,
    onPush: () => figures.pushed(),
    budgets,
    doors: { ...doors, perAccount: config.SOCKETS_PER_ACCOUNT, perAddress: config.SOCKETS_PER_ADDRESS },
    newId,
    logger,
    metrics,
    pushes,
    tracer,
  })
  endings.onEnd(() => sockets.end())
  nats.onReconnect(() => {
    sockets.renew()
    endings.reread().catch((error: unknown) => logger.warn({ err: error }, 'ended sessions could not be read'))
  })
  pushes.measure()
  measureSockets(sockets)
  measureDelay(delayMs)
  measureBreakers(verdicts)
  measureWaitingRoom(verdicts)
  measurePool(() => poolFigures(orm))
  measure(nats, 'gateway', health.ready)
  await listen(server, config.PORT)
  const service = await openService(parts, nats, 'gateway', {
    id: gateway,
    endpoints: opsEndpoints({ orders, ops, breakers, hosts, watch, logLevels: new LogLevels({ signals: nats, now }), newId, logger }),
  })
  const ownHealth = await openHealth(parts, health.ready)
  logger.info({ port: config.PORT }, 'open')
  return runningOf(
    service,
    { stop: () => sockets.close() },
    { stop: () => closeServer(server, logger) },
    catalogue,
    positions,
    verdicts,
    endings,
    asleep,
    { stop: () => nats.close() },
    tracing,
    { stop: () => orm.close() },
    loopDelay,
    ownHealth,
  )
}

/** A push service on this machine is for development. */
const pushOf = ({ VAPID_PUBLIC_KEY, NODE_ENV }: RoleParts['config']) =>
  VAPID_PUBLIC_KEY === '' ? {} : { push: { publicKey: VAPID_PUBLIC_KEY, allowLoopback: NODE_ENV === 'development' } }

const limitsOf = (config: RoleParts['config']): Pick<BudgetOptions, 'perAccount' | 'accountsPerAddress'> => ({
  perAccount: {
    order: config.LIMIT_ORDER,
    position: config.LIMIT_POSITION,
    read: config.LIMIT_READ,
    browse: config.LIMIT_BROWSE,
  },
  accountsPerAddress: config.LIMIT_ACCOUNTS_PER_ADDRESS,
})

const windowsOf = (config: RoleParts['config']): OrderWindows => ({
  payMs: config.PAY_WINDOW_MS,
  acceptMs: config.ACCEPT_WINDOW_MS,
  confirmMs: config.CONFIRM_WINDOW_MS,
  alertMs: config.ALERT_EVERY_MS,
  kitchenMs: config.KITCHEN_WINDOW_MS,
  riderMs: config.RIDER_WINDOW_MS,
  claimMs: config.CLAIM_WINDOW_MS,
  deliverMs: config.DELIVER_WINDOW_MS,
  ticketMs: config.TICKET_WINDOW_MS,
  verifyMs: config.PAYMENT_VERIFY_MS,
})

const listen = async (server: Server, port: number): Promise<void> => {
  server.listen({ port, backlog: BACKLOG })
  await once(server, 'listening')
}

const closeServer = async (server: Server, logger: Logger): Promise<void> => {
  const closed = once(server, 'close')
  // A client that keeps asking on its open connection would keep us open, too: each is sent away with its next answer.
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  server.close()
  server.closeIdleConnections()
  await closed
  logger.info('closed')
}
