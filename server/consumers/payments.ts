import type { Logger } from 'pino'
import type { DeadLetter } from '../../actors/dead-letters.ts'
import { type EffectCall, type EffectEnd, type EffectWorker, runEffects } from '../../actors/effects.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Subscription } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { Tracer } from '../../actors/tracing.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import type { OrderStatus, PaymentOutcome, PaymentRequest, RefundRequest } from '../../machines/order-types.ts'
import type { ProviderCalls } from '../metrics/provider-calls.ts'
import type { CancelEnd, Confirmed, Found, Toss } from '../outside/toss.ts'
import { keyAfter, SpentKeys } from './payments-keys.ts'
import { type PaymentGate, Provider } from './payments-provider.ts'

export interface PaymentsOptions {
  readonly log: Log
  readonly router: Router
  readonly toss: Toss
  readonly now: () => number
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly logger: Logger
  readonly metrics: Pick<ProviderCalls, 'ended'>
  /** The way to each operation of the provider: a storm of confirms, or their breaker, leaves refunds alone. */
  readonly gates: Readonly<Record<BreakerName, PaymentGate>>
  /** Tries in all before operators must help, default 64: about half an hour of backoff, for keys are repaired and providers return. */
  readonly maxAttempts?: number
  /** The longest pause between two tries, default 30,000 ms. */
  readonly retryMaxMs?: number
  readonly tracer?: Tracer | undefined
}

/** About 25 s of tries to confirm; then the outcome goes to the order as unknown, which looks it up. */
const CONFIRM_TRIES = 8
const MAX_ATTEMPTS = 64
/** Keys that one payment may use up, one for each kept error: four lives of 64 tries, the operators' retries among them. */
const MAX_KEYS = 256
/** An answer to a lookup may be older than a charge still on its way: look a second time before believing that there is none. */
const LOOK_AGAIN_MS = 700

/**
 * The money side of orders.
 * P1. A payment is confirmed under `confirm:<order>#<attempt>` and given back under `cancel:<order>:1`, at every try, by every worker.
 * P2. An unknown outcome is looked up, never guessed.
 * P3. A key is left for its successor (`….1`) only when Toss has answered under it with an error, which it would repeat for 15
 *     days, and a lookup shows that nothing was charged, or not given back. Every try walks the keys from the first that is not
 *     known to be spent, so none is skipped.
 */
export const startPayments = async (options: PaymentsOptions): Promise<Subscription> => {
  const { log, router, now, random, toss, logger, gates, maxAttempts = MAX_ATTEMPTS, retryMaxMs, tracer } = options
  const run = <Input, Output>(src: string, gate: PaymentGate, call: EffectWorker<Input, Output>['call']): Promise<Subscription> =>
    runEffects<Input, Output>({
      log,
      router,
      now,
      random,
      stream: 'ORDERS',
      src,
      concurrency: gate.capacity,
      admit: () => gate.enter(),
      ackWaitMs: 2 * toss.timeoutMs + 15_000, // a lookup, the call, and the report to the order
      maxAttempts,
      ...(retryMaxMs === undefined ? {} : { retryMaxMs }),
      call,
      tracer,
      onPoison: ({ subject, seq }) => logger.error({ subject, seq }, 'a message that nobody of us wrote'),
      onDeadLetter: ({ body: _body, correlationId: requestId, ...letter }: DeadLetter) =>
        logger.error({ requestId, ...letter }, 'payment work given up, an operator must look'),
    })
  const payments = new Payments(options)
  const running = await Promise.all([
    run<PaymentRequest, PaymentOutcome>('confirmPayment', gates.confirm, call => payments.confirm(call)),
    run<PaymentRequest, PaymentOutcome>('lookUpPayment', gates.lookup, call => payments.lookUp(call)),
    run<RefundRequest, { canceledAt: string }>('cancelPayment', gates.cancel, call => payments.cancel(call)),
  ])
  return { stop: async () => void (await Promise.all(running.map(each => each.stop()))) }
}

/** Ended while the payment waited for its turn. */
const isGivenUp = ({ state }: Pick<EffectCall<unknown>, 'state'>): boolean => GIVEN_UP.includes(orderRegions(state).order)
const GIVEN_UP: readonly OrderStatus[] = ['canceled', 'expired']
const WITHDRAWN: PaymentOutcome = { kind: 'declined', code: 'WITHDRAWN', message: '결제 전에 주문이 종료되어 결제하지 않았습니다.' }

const done = <Output>(output: Output): EffectEnd<Output> => ({ kind: 'done', output })

class Payments {
  readonly #options: PaymentsOptions
  readonly #provider: Provider
  readonly #keys = new SpentKeys()

  constructor(options: PaymentsOptions) {
    this.#options = options
    this.#provider = new Provider(options)
  }

  async confirm(call: EffectCall<PaymentRequest>): Promise<EffectEnd<PaymentOutcome>> {
    // Nobody has called for it before: what was given up while it waited is not charged at all.
    if (call.attempt === 1 && !call.input.unsure && isGivenUp(call)) return done(WITHDRAWN)
    const end = await this.#confirm(call)
    switch (end.kind) {
      case 'approved':
        return done({ kind: 'approved', approvedAt: this.#at(end.approvedAt) })
      case 'declined':
        return done({ kind: 'declined', code: end.code, message: end.message })
      case 'misconfigured':
        return { kind: 'retry', reason: end.code }
      case 'unknown':
        // A passing error was answered: it is over, so there is nothing to look up yet; anything else may have charged.
        return end.kept && call.attempt < CONFIRM_TRIES ? { kind: 'retry', reason: end.code } : done({ kind: 'unknown' }) // P2
    }
  }

  /** Walks the keys (P3), one further at each try. */
  async #confirm(call: EffectCall<PaymentRequest>): Promise<Confirmed> {
    const { orderId, paymentKey, amount, attempt } = call.input
    const base = `confirm:${orderId}#${attempt}` // P1
    const from = this.#keys.of(base)
    const most = Math.min(MAX_KEYS, Math.max(call.attempt, from + 1))
    let end: Confirmed = { kind: 'unknown', code: 'KEYS_SPENT', kept: true }
    for (let spent = from; ; spent++) {
      if (spent > 0) {
        const found = await this.#find(call)
        if (found.kind === 'approved' || found.kind === 'declined') return found
        if (found.kind !== 'absent' || spent >= most) return end
      }
      end = await this.#provider.confirm(call, { orderId, paymentKey, amount, idempotencyKey: keyAfter(base, spent) })
      if (end.kind !== 'unknown' || !end.kept) return end
      this.#keys.spend(base, spent + 1)
    }
  }

  async lookUp(call: EffectCall<PaymentRequest>): Promise<EffectEnd<PaymentOutcome>> {
    const found = await this.#find(call)
    switch (found.kind) {
      case 'approved':
        return done({ kind: 'approved', approvedAt: this.#at(found.approvedAt) })
      case 'declined':
        return done({ kind: 'declined', code: found.code, message: found.message })
      case 'canceled': // charged and given back by someone else: the order is not paid
        return done({ kind: 'declined', code: 'CANCELED', message: '결제가 취소되었습니다.' })
      case 'absent':
        return call.attempt === 1 ? { kind: 'retry', reason: 'no charge found yet', afterMs: LOOK_AGAIN_MS } : done({ kind: 'absent' })
      case 'misconfigured':
      case 'unknown':
        return { kind: 'retry', reason: found.code }
    }
  }

  async cancel(call: EffectCall<RefundRequest>): Promise<EffectEnd<{ canceledAt: string }>> {
    const end = await this.#cancel(call)
    if (end.kind === 'canceled') return done({ canceledAt: this.#at(end.canceledAt) })
    if (end.kind === 'declined')
      this.#options.logger.error(
        { requestId: call.correlationId, orderId: call.input.orderId, code: end.code, reason: end.message },
        'refund refused by the provider',
      )
    return { kind: 'retry', reason: end.code }
  }

  async #cancel(call: EffectCall<RefundRequest>): Promise<CancelEnd> {
    const { orderId, paymentKey, reason } = call.input
    const base = `cancel:${orderId}:1` // P1
    const from = this.#keys.of(base)
    const most = Math.min(MAX_KEYS, Math.max(call.attempt, from + 1))
    let end: CancelEnd = { kind: 'unknown', code: 'KEYS_SPENT', kept: true }
    for (let spent = from; ; spent++) {
      const found = call.attempt > 1 || spent > 0 ? await this.#provider.lookUp(call) : undefined // P2: an earlier try may have done it
      if (found?.kind === 'canceled' || found?.kind === 'misconfigured') return found
      // The first key is safe even blindly, a later one is not (P3).
      if (spent > 0 && found?.kind !== 'approved') return { kind: 'unknown', code: 'REFUND_NOT_FOUND_OUT', kept: false }
      if (spent >= most) return end
      end = await this.#provider.cancel(call, { paymentKey, reason, idempotencyKey: keyAfter(base, spent) })
      // A refusal is kept as well, and it is not the last word on money that we owe.
      if (end.kind !== 'declined' && !(end.kind === 'unknown' && end.kept)) return end
      this.#keys.spend(base, spent + 1)
    }
  }

  /** By order id; but what an earlier, declined try of the same order came to says nothing about this one, nor does another order's charge. */
  async #find(call: EffectCall<PaymentRequest>): Promise<Found> {
    const { orderId, paymentKey, amount } = call.input
    const byOrder = await this.#provider.lookUp(call)
    const found =
      byOrder.kind === 'declined' && byOrder.paymentKey !== paymentKey ? await this.#provider.lookUpByKey(call, paymentKey) : byOrder
    if ('orderId' in found && found.orderId !== orderId) return { kind: 'absent' }
    if (found.kind !== 'approved' || found.amount === amount) return found
    this.#options.logger.error(
      { requestId: call.correlationId, orderId, expectedWon: amount, chargedWon: found.amount },
      'charged amount is not the order total',
    )
    return { kind: 'unknown', code: 'AMOUNT_MISMATCH', kept: false }
  }

  #at(iso: string | undefined): string {
    return iso ?? new Date(this.#options.now()).toISOString()
  }
}
