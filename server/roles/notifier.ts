import { startNotifier } from '../consumers/notifier.ts'
import { MESSAGE_BOOK, MessageBook } from '../message-book.ts'
import { Solapi } from '../outside/solapi.ts'
import { openHealth, openNats, type RoleParts, type Running, runningOf } from './role.ts'

export const runNotifier = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'notifier')
  const { config, logger, clock, newId } = parts
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
    now: () => clock.now(),
    logger,
    from: config.SOLAPI_FROM,
    pfId: config.SOLAPI_PF_ID,
    templates: config.SOLAPI_TEMPLATES,
  })
  const health = await openHealth(parts, () => nats.connected)
  return runningOf(notifier, { stop: () => nats.close() }, health)
}
