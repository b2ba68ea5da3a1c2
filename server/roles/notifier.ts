import { startNotifier } from '../consumers/notifier.ts'
import { Solapi } from '../outside/solapi.ts'
import { openHealth, openNats, type RoleParts, type Running, runningOf } from './role.ts'

/** A claim outlives the order's stream: a record delivered again finds it. */
const CLAIMS = { ttlMs: 4 * 86_400_000, storage: 'file' } as const

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
    bucket: await nats.bucket('messages', CLAIMS),
    solapi,
    now: () => clock.now(),
    logger,
    from: config.SOLAPI_FROM,
    pfId: config.SOLAPI_PF_ID,
  })
  const health = await openHealth(parts, () => nats.connected)
  return runningOf(notifier, { stop: () => nats.close() }, health)
}
