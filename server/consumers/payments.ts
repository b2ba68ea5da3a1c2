import type { Logger } from 'pino'
import type { DeadLetter } from '../../actors/dead-letters.ts'
import { type EffectCall, type EffectEnd, type EffectWorker, runEffects } from '../../actors/effects.ts'
import type { Log, Subscription } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { PaymentOutcome, PaymentRequest, RefundRequest } from '../../machines/order-types.ts'
import type { CancelEnd, Confirmed, Found, Misconfigured, Toss } from '../outside/toss.ts'

export interface PaymentsOptions {
  readonly log: Log
  readonly router: Router
  readonly toss: Toss
  readonly now: () => number
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly logger: Logger
  /** Calls at once, of each of the three kinds: a storm of confirms leaves room for refunds. */
  readonly concurrency: number
}

/** About 25 s of tries to confirm; then the outcome goes to the order as unknown, which looks it up. */
const CONFIRM_TRIES = 8
/** Tries in all before operators must help: about half an hour of backoff, for keys are repaired and providers return. */
const MAX_ATTEMPTS = 64
/** Keys that one payment may use up, one for each kept error. */
const MAX_KEYS = 6
/** An answer to a lookup may be older than a charge still on its way: look a second time before believing that there is none. */
const LOOK_AGAIN_MS = 700

/**
 * The money side of orders.
 * P1. A payment is confirmed under `confirm:<order>#<attempt>` and given back under `cancel:<order>:1`, at every try, by every worker.
 * P2. An unknown outcome is looked up, never guessed.
 * P3. A key is left for its successor (`….1`) only when Toss has answered under it with a passing error, which it would repeat
 *     for 15 days, and a lookup shows that nothing was charged. Every try walks the keys from the first, so none is skipped.
 */
export const startPayments = async (options: PaymentsOptions): Promise<Subscription> => {
  const { log, router, now, random, toss, logger, concurrency } = options
  const run = <Input, Output>(src: string, call: EffectWorker<Input, Output>['call']): Promise<Subscription> =>
    runEffects<Input, Output>({
      log,
      router,
      now,
      random,
      stream: 'ORDERS',
      src,
      concurrency,
      ackWaitMs: 2 * toss.timeoutMs + 15_000, // a lookup, the call, and the report to the order
      maxAttempts: MAX_ATTEMPTS,
      call,
      onPoison: ({ subject, seq }) => logger.error({ subject, seq }, 'a message that nobody of us wrote'),
      onDeadLetter: (letter: DeadLetter) => logger.error({ ...letter, body: undefined }, 'payment work given up, an operator must look'),
    })
  const payments = new Payments(options)
  const running = await Promise.all([
    run<PaymentRequest, PaymentOutcome>('confirmPayment', call => payments.confirm(call)),
    run<PaymentRequest, PaymentOutcome>('lookUpPayment', call => payments.lookUp(call)),
    run<RefundRequest, { canceledAt: string }>('cancelPayment', call => payments.cancel(call)),
  ])
  return { stop: async () => void (await Promise.all(running.map(each => each.stop()))) }
}

const done = <Output>(output: Output): EffectEnd<Output> => ({ kind: 'done', output })
const keyAfter = (base: string, spent: number): string => (spent === 0 ? base : `${base}.${spent}`)

class Payments {
  readonly #options: PaymentsOptions

  constructor(options: PaymentsOptions) {
    this.#options = options
  }

  async confirm({ input, attempt }: EffectCall<PaymentRequest>): Promise<EffectEnd<PaymentOutcome>> {
    const end = await this.#confirm(input, attempt)
    switch (end.kind) {
      case 'approved':
        return done({ kind: 'approved', approvedAt: this.#at(end.approvedAt) })
      case 'declined':
        return done({ kind: 'declined', code: end.code, message: end.message })
      case 'misconfigured':
        return this.#misconfigured('confirm', input.orderId, end)
      case 'unknown':
        // A passing error was answered: it is over, so there is nothing to look up yet; anything else may have charged.
        return end.kept && attempt < CONFIRM_TRIES ? { kind: 'retry', reason: end.code } : done({ kind: 'unknown' }) // P2
    }
  }

  /** Walks the keys (P3), one further at each try. */
  async #confirm(input: PaymentRequest, attempt: number): Promise<Confirmed> {
    const { orderId, paymentKey, amount } = input
    for (let spent = 0; ; spent++) {
      const idempotencyKey = keyAfter(`confirm:${orderId}#${input.attempt}`, spent) // P1
      const end = await this.#options.toss.confirm({ orderId, paymentKey, amount, idempotencyKey })
      if (end.kind !== 'unknown' || !end.kept) return end
      const found = await this.#find(input)
      if (found.kind === 'approved' || found.kind === 'declined') return found
      if (found.kind !== 'absent' || spent + 1 >= Math.min(attempt, MAX_KEYS)) return end
    }
  }

  async lookUp({ input, attempt }: EffectCall<PaymentRequest>): Promise<EffectEnd<PaymentOutcome>> {
    const found = await this.#find(input)
    switch (found.kind) {
      case 'approved':
        return done({ kind: 'approved', approvedAt: this.#at(found.approvedAt) })
      case 'declined':
        return done({ kind: 'declined', code: found.code, message: found.message })
      case 'canceled': // charged and given back by someone else: the order is not paid
        return done({ kind: 'declined', code: 'CANCELED', message: '결제가 취소되었습니다.' })
      case 'absent':
        return attempt === 1 ? { kind: 'retry', reason: 'no charge found yet', afterMs: LOOK_AGAIN_MS } : done({ kind: 'absent' })
      case 'misconfigured':
        return this.#misconfigured('lookup', input.orderId, found)
      case 'unknown':
        return { kind: 'retry', reason: found.code }
    }
  }

  async cancel(call: EffectCall<RefundRequest>): Promise<EffectEnd<{ canceledAt: string }>> {
    const { orderId } = call.input
    const end = await this.#cancel(call.input, call.attempt)
    switch (end.kind) {
      case 'canceled':
        return done({ canceledAt: this.#at(end.canceledAt) })
      case 'misconfigured':
        return this.#misconfigured('cancel', orderId, end)
      case 'declined':
        this.#options.logger.error({ orderId, code: end.code, reason: end.message }, 'refund refused by the provider')
        return { kind: 'retry', reason: end.code }
      case 'unknown':
        return { kind: 'retry', reason: end.code }
    }
  }

  async #cancel({ orderId, paymentKey, reason }: RefundRequest, attempt: number): Promise<CancelEnd> {
    for (let spent = 0; ; spent++) {
      const found = attempt > 1 ? await this.#options.toss.lookUp(orderId) : undefined // P2: an earlier try may have done it
      if (found?.kind === 'canceled' || found?.kind === 'misconfigured') return found
      // The first key is safe even blindly, a later one is not (P3).
      if (spent > 0 && found?.kind !== 'approved') return { kind: 'unknown', code: 'REFUND_NOT_FOUND_OUT', kept: false }
      const idempotencyKey = keyAfter(`cancel:${orderId}:1`, spent) // P1
      const end = await this.#options.toss.cancel({ paymentKey, reason, idempotencyKey })
      if (end.kind !== 'unknown' || !end.kept || spent + 1 >= Math.min(attempt, MAX_KEYS)) return end
    }
  }

  /** By order id; but what an earlier, declined try of the same order came to says nothing about this one, nor does another order's charge. */
  async #find({ orderId, paymentKey, amount }: PaymentRequest): Promise<Found> {
    const { toss, logger } = this.#options
    const byOrder = await toss.lookUp(orderId)
    const found = byOrder.kind === 'declined' && byOrder.paymentKey !== paymentKey ? await toss.lookUpByKey(paymentKey) : byOrder
    if ('orderId' in found && found.orderId !== orderId) return { kind: 'absent' }
    if (found.kind !== 'approved' || found.amount === amount) return found
    logger.error({ orderId, expectedWon: amount, chargedWon: found.amount }, 'charged amount is not the order total')
    return { kind: 'unknown', code: 'AMOUNT_MISMATCH', kept: false }
  }

  #misconfigured(operation: string, orderId: string, { code, message }: Misconfigured): EffectEnd<never> {
    this.#options.logger.error({ operation, orderId, code, reason: message }, 'payment provider refuses our configuration')
    return { kind: 'retry', reason: code }
  }

  #at(iso: string | undefined): string {
    return iso ?? new Date(this.#options.now()).toISOString()
  }
}
