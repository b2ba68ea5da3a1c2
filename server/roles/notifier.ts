import { startNotifier } from '../consumers/notifier.ts'
import { startAlerts } from '../consumers/notifier-alerts.ts'
import { startOffers } from '../consumers/notifier-offers.ts'
import { Pushes } from '../consumers/notifier-pushes.ts'
import { ASLEEP, Asleep } from '../gateway/asleep.ts'
import { MESSAGE_BOOK, MessageBook } from '../message-book.ts'
import { measureReaders } from '../metrics/readers.ts'
import { Solapi } from '../outside/solapi.ts'
import { WebPush } from '../outside/web-push.ts'
import {
  giveWay,
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

/** A push message goes to five browsers, one after the other. */
const PUSHES_IN_A_ROW = 5

/** Tells customers by message, and stores and riders whose apps are closed by push. */
export const runNotifier = async (parts: RoleParts): Promise<Running> => {
  giveWay()
  const nats = await openNats(parts, 'notifier')
  const tracing = await openTracing(parts, 'notifier')
  const { tracer } = tracing
  const { config, logger, clock, random, newId } = parts
  const { log } = nats
  const router = routerOf(parts, nats, tracer)
  const book = new MessageBook(await nats.bucket(MESSAGE_BOOK.name, MESSAGE_BOOK))
  const solapi = new Solapi({
    url: config.SOLAPI_URL,
    apiKey: config.SOLAPI_API_KEY,
    apiSecret: config.SOLAPI_API_SECRET,
    timeoutMs: config.SOLAPI_TIMEOUT_MS,
    now: () => clock.now(),
    newSalt: newId,
  })
  const notifier = await startNotifier({
    log,
    router,
    book,
    solapi,
    clock,
    random,
    newId,
    logger,
    tracer,
    from: config.SOLAPI_FROM,
    pfId: config.SOLAPI_PF_ID,
    templates: config.SOLAPI_TEMPLATES,
    ratePerS: config.SOLAPI_RATE_PER_S,
    limits: {
      noSmsLagMs: config.NOTIFY_NO_SMS_LAG_MS,
      newestOnlyLagMs: config.NOTIFY_NEWEST_ONLY_LAG_MS,
      slowMs: config.SOLAPI_SLOW_MS,
      worseMs: config.NOTIFY_WORSE_MS,
      resumeMs: config.NOTIFY_RESUME_MS,
    },
  })
  const webPush = webPushOf(parts)
  const pushes = webPush && new Pushes({ router, book, webPush, clock, newId, logger })
  const ackWaitMs = PUSHES_IN_A_ROW * config.WEB_PUSH_TIMEOUT_MS + 10_000
  const alerts = await startAlerts({ log, logger, ackWaitMs, ...(pushes ? { pushes } : {}) })
  const asleep = new Asleep({ bucket: await nats.bucket(ASLEEP.name, ASLEEP), clock, gateway: 'none', logger })
  const offers = pushes && (await startOffers({ log, asleep, pushes, clock, ackWaitMs }))
  const service = await openService(parts, nats, 'notifier')
  measureReaders({ nats, log: nats.log, now: () => clock.now() })
  measure(nats, 'notifier', () => nats.connected)
  const health = await openHealth(parts, () => nats.connected)
  const calls = [solapi, webPush].filter(call => call !== undefined).map(call => ({ stop: () => call.close() }))
  return runningOf(service, notifier, alerts, ...(offers ? [offers] : []), ...calls, { stop: () => nats.close() }, tracing, health)
}

const webPushOf = ({ config, clock, logger }: RoleParts): WebPush | undefined => {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = config
  if (publicKey === '') {
    logger.warn('there is no VAPID key, so stores and riders get no push messages')
    return undefined
  }
  return new WebPush({
    vapid: { publicKey, privateKey, subject },
    timeoutMs: config.WEB_PUSH_TIMEOUT_MS,
    allowLoopback: config.NODE_ENV === 'development',
    now: () => clock.now(),
  })
}
