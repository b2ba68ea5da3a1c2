import { startNotifier } from '../consumers/notifier.ts'
import { MESSAGE_BOOK, MessageBook } from '../message-book.ts'
import { Solapi } from '../outside/solapi.ts'
import { openHealth, openNats, type RoleParts, type Running, routerOf, runningOf } from './role.ts'

export const runNotifier = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'notifier')
  const { config, logger, clock, random, newId } = parts
  const solapi = new Solapi({
    url: config.SOLAPI_URL,
    apiKey: config.SOLAPI_API_KEY,
    apiSecret: config.SOLAPI_API_SECRET,
    timeoutMs: config.SOLAPI_TIMEOUT_MS,
    now: () => clock.now(),
    newSalt: newId,
  })
  const notifier = await startNotifier({
    log: nats.log,
    book: new MessageBook(await nats.bucket(MESSAGE_BOOK.name, MESSAGE_BOOK)),
    solapi,
    router: routerOf(parts, nats),
    clock,
    random,
    newId,
    logger,
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
  const health = await openHealth(parts, () => nats.connected)
  return runningOf(notifier, { stop: () => nats.close() }, health)
}
