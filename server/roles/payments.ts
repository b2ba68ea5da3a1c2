import { startPayments } from '../consumers/payments.ts'
import { Toss } from '../outside/toss.ts'
import { openHealth, openNats, type RoleParts, type Running, routerOf, runningOf } from './role.ts'

const CALLS_IN_HAND = 32

export const runPayments = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'payments')
  const { config, logger, random, clock } = parts
  const toss = new Toss({ url: config.TOSS_URL, secretKey: config.TOSS_SECRET_KEY, timeoutMs: config.TOSS_TIMEOUT_MS })
  const payments = await startPayments({
    log: nats.log,
    router: routerOf(parts, nats),
    toss,
    now: () => clock.now(),
    random,
    logger,
    concurrency: CALLS_IN_HAND,
    maxAttempts: config.PAYMENT_MAX_ATTEMPTS,
    retryMaxMs: config.PAYMENT_RETRY_MAX_MS,
  })
  const health = await openHealth(parts, () => nats.connected)
  return runningOf(payments, { stop: () => toss.close() }, { stop: () => nats.close() }, health)
}
