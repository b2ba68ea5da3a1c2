import type { Logger } from 'pino'
import type { EffectCall } from '../../actors/effects.ts'
import type { Capacity } from '../../actors/log.ts'
import { type SpanEnd, type Tracer, traceId } from '../../actors/tracing.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import type { CallEnd, GateCall } from '../breakers/gate.ts'
import type { ProviderCalls } from '../metrics/provider-calls.ts'
import type { CancelEnd, CancelRequest, Confirmed, ConfirmRequest, Found, Toss } from '../outside/toss.ts'

/** One worker's way to an operation of the provider (`server/breakers/gate.ts`). */
export interface PaymentGate {
  readonly capacity: Capacity
  /** @returns what gives the place back; undefined: this worker is leaving */
  enter(): Promise<(() => void) | undefined>
  /** A call begins. */
  begin(): GateCall
}

export interface ProviderOptions {
  readonly toss: Toss
  readonly gates: Readonly<Record<BreakerName, PaymentGate>>
  readonly now: () => number
  readonly logger: Logger
  readonly metrics: Pick<ProviderCalls, 'ended'>
  readonly tracer?: Tracer | undefined
}

/** The work that a call is made for. */
type Work = Pick<EffectCall<{ readonly orderId: string }>, 'id' | 'input' | 'attempt' | 'correlationId' | 'trace'>
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
    return this.#call(
      'confirm',
      work,
      withinMs => this.#options.toss.confirm({ ...request, requestId: work.correlationId, withinMs }),
      request.idempotencyKey,
    )
  }

  cancel(work: Work, request: CancelRequest): Promise<CancelEnd> {
    return this.#call(
      'cancel',
      work,
      withinMs => this.#options.toss.cancel({ ...request, requestId: work.correlationId, withinMs }),
      request.idempotencyKey,
    )
  }

  lookUp(work: Work): Promise<Found> {
    return this.#call('lookup', work, withinMs =>
      this.#options.toss.lookUp(work.input.orderId, { requestId: work.correlationId, withinMs }),
    )
  }

  lookUpByKey(work: Work, paymentKey: string): Promise<Found> {
    return this.#call('lookup', work, withinMs => this.#options.toss.lookUpByKey(paymentKey, { requestId: work.correlationId, withinMs }))
  }

  async #call<E extends End>(
    call: BreakerName,
    { id, input, attempt, correlationId, trace }: Work,
    ask: (withinMs: number | undefined) => Promise<E>,
    key?: string,
  ): Promise<E> {
    const { now, logger, gates, metrics, tracer } = this.#options
    const startedMs = now()
    const { withinMs, ended } = gates[call].begin()
    const span =
      trace && tracer?.within(trace, { name: `toss ${call}`, side: 'client', attributes: { 'order.id': input.orderId, attempt } })
    const end = await ask(withinMs)
    if (span) span.end(endOf(end))
    ended(healthOf(end))
    metrics.ended(call, end.kind, now() - startedMs)
    const line = {
      requestId: correlationId,
      ...traceId({ trace }),
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

/** A declined card, a payment that is not there: the provider works. Answers that say "not now" are an outage of the moment. */
const healthOf = (end: End): CallEnd => {
  switch (end.kind) {
    case 'misconfigured':
      return { kind: 'misconfigured', code: end.code }
    case 'unknown':
      return { kind: 'outage' }
    default:
      return { kind: 'good' }
  }
}

/** A declined card is an answer. */
const endOf = (end: End): SpanEnd => {
  const code = 'code' in end ? end.code : undefined
  const attributes = { outcome: end.kind, code }
  return end.kind === 'unknown' || end.kind === 'misconfigured' ? { attributes, failed: code ?? end.kind } : { attributes }
}
