import { startPayments } from '../consumers/payments.ts'
import { Reconciler, SWEEPS } from '../consumers/reconciler.ts'
import { measureBreakers } from '../metrics/breakers.ts'
import { ProviderCalls } from '../metrics/provider-calls.ts'
import { measureReaders } from '../metrics/readers.ts'
import { Toss } from '../outside/toss.ts'
import { openGates } from './breakers.ts'
import { measure, openHealth, openNats, openService, openTracing, type RoleParts, type Running, routerOf, runningOf } from './role.ts'

export const runPayments = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'payments')
  const tracing = await openTracing(parts, 'payments')
  const { tracer } = tracing
  const { config, logger, random, clock } = parts
  const toss = new Toss({ url: config.TOSS_URL, secretKey: config.TOSS_SECRET_KEY, timeoutMs: config.TOSS_TIMEOUT_MS })
  const router = routerOf(parts, nats, tracer)
  const { gates, verdicts, stop: closeGates } = await openGates(parts, nats, router)
  const metrics = new ProviderCalls()
  metrics.measure(gates)
  measureBreakers(verdicts)
  const payments = await startPayments({
    log: nats.log,
    router,
    toss,
    now: () => clock.now(),
    random,
    logger,
    metrics,
    gates,
    tracer,
    maxAttempts: config.PAYMENT_MAX_ATTEMPTS,
    retryMaxMs: config.PAYMENT_RETRY_MAX_MS,
  })
  const reconciler = new Reconciler({
    toss,
    log: nats.log,
    router,
    bucket: await nats.bucket(SWEEPS.name, SWEEPS),
    clock,
    logger,
    everyMs: config.PAYMENT_RECONCILE_MS,
  })
  const service = await openService(parts, nats, 'payments')
  measureReaders({ nats, log: nats.log, now: () => clock.now() })
  measure(nats, 'payments', () => nats.connected)
  const health = await openHealth(parts, () => nats.connected)
  return runningOf(
    service,
    { stop: closeGates },
    reconciler,
    payments,
    { stop: () => toss.close() },
    { stop: () => nats.close() },
    tracing,
    health,
  )
}
