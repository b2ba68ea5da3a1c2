import type { Logger } from 'pino'
import type { EffectCall } from '../../actors/effects.ts'
import type { CancelEnd, CancelRequest, Confirmed, ConfirmRequest, Found, Toss } from '../outside/toss.ts'

export interface ProviderOptions {
  readonly toss: Toss
  readonly now: () => number
  readonly logger: Logger
}

/** The work that a call is made for. */
type Work = Pick<EffectCall<{ readonly orderId: string }>, 'id' | 'input' | 'attempt' | 'correlationId'>
type End = Confirmed | CancelEnd | Found

/**
 * Toss as the worker calls it: every call is a line in the log, under the id of the request that began it all, which the provider
 * is told, too. No line holds a payment key or a secret.
 */
export class Provider {
  readonly #options: ProviderOptions

  constructor(options: ProviderOptions) {
    this.#options = options
  }

  confirm(work: Work, request: ConfirmRequest): Promise<Confirmed> {
    return this.#call('confirm', work, this.#options.toss.confirm({ ...request, requestId: work.correlationId }), request.idempotencyKey)
  }

  cancel(work: Work, request: CancelRequest): Promise<CancelEnd> {
    return this.#call('cancel', work, this.#options.toss.cancel({ ...request, requestId: work.correlationId }), request.idempotencyKey)
  }

  lookUp(work: Work): Promise<Found> {
    return this.#call('lookup', work, this.#options.toss.lookUp(work.input.orderId, work.correlationId))
  }

  lookUpByKey(work: Work, paymentKey: string): Promise<Found> {
    return this.#call('lookup', work, this.#options.toss.lookUpByKey(paymentKey, work.correlationId))
  }

  async #call<E extends End>(call: string, { id, input, attempt, correlationId }: Work, asked: Promise<E>, key?: string): Promise<E> {
    const { now, logger } = this.#options
    const startedMs = now()
    const end = await asked
    const line = {
      requestId: correlationId,
      orderId: input.orderId,
      effect: id,
      attempt,
      call,
      idempotencyKey: key,
      outcome: end.kind,
      code: 'code' in end ? end.code : undefined,
      ms: now() - startedMs,
    }
    // Money that moved is worth a line always; a look at it only for who looks closely.
    if (end.kind === 'misconfigured') logger.error({ ...line, reason: end.message }, 'payment provider refuses our configuration')
    else if (end.kind === 'unknown') logger.warn(line, 'payment provider leaves us not knowing')
    else if (call === 'lookup') logger.debug(line, 'payment provider called')
    else logger.info(line, 'payment provider called')
    return end
  }
}
