import { Pool } from 'undici'
import { classOf, isKeptAnswer } from './toss-outcome.ts'
import { seoulTime, type TossPayment, type TossTransaction, tossError, tossPayment, tossTransactions, utc } from './toss-payment.ts'

export interface TossOptions {
  /** Origin, `https://api.tosspayments.com`. */
  readonly url: string
  readonly secretKey: string
  /** The longest a call may take, 1…60,000 ms, waiting for a connection included. */
  readonly timeoutMs: number
  /** Connections at once, default 64; calls beyond wait for one, on their own deadline. */
  readonly connections?: number
}

/** `kept`: Toss will give this same answer to every repeat under the same idempotency key (see `isKeptAnswer`). */
export interface Unknown {
  readonly kind: 'unknown'
  readonly code: string
  readonly kept: boolean
}
export interface Misconfigured {
  readonly kind: 'misconfigured'
  readonly code: string
  readonly message: string
}
export interface Declined {
  readonly kind: 'declined'
  readonly code: string
  readonly message: string
}
/** `approvedAt` is ISO 8601 UTC, absent if Toss did not say. */
/** Which payment it is that Toss speaks of. */
interface Named {
  readonly paymentKey: string
  readonly orderId: string
}
export interface Approved extends Named {
  readonly kind: 'approved'
  readonly amount: number
  readonly approvedAt?: string
  readonly method?: string
}
export interface Canceled extends Named {
  readonly kind: 'canceled'
  readonly canceledAt?: string
}

/** `declined` is final; `unknown` may have charged: look it up, or repeat it with the same key, and nothing else. */
export type Confirmed = Approved | Declined | Unknown | Misconfigured
export type CancelEnd = Canceled | Declined | Unknown | Misconfigured
export type Listed = { readonly kind: 'listed'; readonly transactions: readonly TossTransaction[] } | Unknown | Misconfigured
/** `absent`: Toss holds no charge for it, though one may still be on its way. */
export type Found = Approved | (Declined & Named) | { readonly kind: 'absent' } | Canceled | Unknown | Misconfigured

export interface Traced {
  /** Sent along as `X-Request-Id`, a token: it names the call in the logs of both sides. Toss ignores what it does not know. */
  readonly requestId?: string | undefined
  /** A deadline shorter than the client's, whole ms. */
  readonly withinMs?: number | undefined
}
export interface ConfirmRequest extends Traced {
  readonly paymentKey: string
  readonly orderId: string
  /** Whole KRW. */
  readonly amount: number
  /** At most 300 characters; valid for 15 days. */
  readonly idempotencyKey: string
}
export interface CancelRequest extends Traced {
  readonly paymentKey: string
  /** Shown to the customer by Toss; cut at 200 characters. */
  readonly reason: string
  readonly idempotencyKey: string
  /** Whole KRW; absent cancels all. */
  readonly amount?: number
}

type Answer = { readonly kind: 'payment'; readonly payment: TossPayment } | Declined | Unknown | Misconfigured

/** The client of Toss Payments. It never repeats a call by itself and never throws: every ending is a value. */
export class Toss {
  readonly timeoutMs: number
  readonly #pool: Pool
  readonly #authorization: string

  constructor(options: TossOptions) {
    this.timeoutMs = options.timeoutMs
    this.#pool = new Pool(new URL(options.url).origin, { connections: options.connections ?? 64 })
    this.#authorization = `Basic ${Buffer.from(`${options.secretKey}:`).toString('base64')}`
  }

  async confirm({ idempotencyKey, requestId, withinMs, ...body }: ConfirmRequest): Promise<Confirmed> {
    const answer = await this.#call('POST', '/v1/payments/confirm', { requestId, withinMs }, idempotencyKey, body)
    if (answer.kind !== 'payment') return answer
    const { payment } = answer
    const ours = payment.orderId === body.orderId && payment.totalAmount === body.amount && (payment.currency ?? 'KRW') === 'KRW'
    if (!ours) return { kind: 'unknown', code: 'ANOTHER_PAYMENT', kept: false } // never a reason to charge once more
    const found = stateOf(payment)
    return found.kind === 'approved' || found.kind === 'declined' ? found : { kind: 'unknown', code: payment.status, kept: false }
  }

  /** Whole, or in part by `amount`. */
  async cancel({ paymentKey, reason, idempotencyKey, requestId, withinMs, amount }: CancelRequest): Promise<CancelEnd> {
    const body = { cancelReason: reason.slice(0, 200), ...(amount === undefined ? {} : { cancelAmount: amount }) }
    const answer = await this.#call(
      'POST',
      `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`,
      { requestId, withinMs },
      idempotencyKey,
      body,
    )
    if (answer.kind !== 'payment') return answer
    const { payment } = answer
    const done = payment.status === 'CANCELED' || (amount !== undefined && payment.status === 'PARTIAL_CANCELED')
    return done ? canceled(payment) : { kind: 'unknown', code: payment.status, kept: false }
  }

  /** By our own order id: the way to resolve an unknown confirm. */
  lookUp(orderId: string, traced: Traced = {}): Promise<Found> {
    return this.#lookUp(`/v1/payments/orders/${encodeURIComponent(orderId)}`, traced)
  }

  lookUpByKey(paymentKey: string, traced: Traced = {}): Promise<Found> {
    return this.#lookUp(`/v1/payments/${encodeURIComponent(paymentKey)}`, traced)
  }

  /**
   * Money that moved in that time, by when it moved, `limit` (1…10,000) of it at most, after the transaction that is named.
   * https://docs.tosspayments.com/guides/apis/transactions
   */
  async transactions(fromMs: number, toMs: number, limit: number, startingAfter?: string): Promise<Listed> {
    const query = new URLSearchParams({ startDate: seoulTime(fromMs), endDate: seoulTime(toMs), limit: String(limit) })
    if (startingAfter !== undefined) query.set('startingAfter', startingAfter)
    const response = await this.#request('GET', `/v1/transactions?${query}`, {})
    if ('kind' in response) return response
    const listed = response.status === 200 ? tossTransactions.safeParse(parse(response.text)) : undefined
    if (listed?.success) return { kind: 'listed', transactions: listed.data }
    const answer = read(response.status, response.text)
    return answer.kind === 'misconfigured' || answer.kind === 'unknown'
      ? answer
      : { kind: 'unknown', code: 'UNREADABLE_ANSWER', kept: false }
  }

  /** Lets calls in hand end, then releases the connections. */
  close(): Promise<void> {
    return this.#pool.close()
  }

  async #lookUp(path: string, traced: Traced): Promise<Found> {
    const answer = await this.#call('GET', path, traced)
    if (answer.kind === 'payment') return stateOf(answer.payment)
    if (answer.kind !== 'declined') return answer
    return answer.code.startsWith('NOT_FOUND_PAYMENT') ? { kind: 'absent' } : { kind: 'unknown', code: answer.code, kept: false }
  }

  async #call(method: 'GET' | 'POST', path: string, traced: Traced, idempotencyKey?: string, body?: object): Promise<Answer> {
    const response = await this.#request(method, path, traced, idempotencyKey, body)
    return 'kind' in response ? response : read(response.status, response.text)
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    { requestId, withinMs }: Traced,
    idempotencyKey?: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly text: string } | Unknown> {
    const headers: Record<string, string> = { authorization: this.#authorization }
    if (requestId !== undefined) headers['x-request-id'] = requestId
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
    if (body !== undefined) headers['content-type'] = 'application/json'
    try {
      const response = await this.#pool.request({
        method,
        path,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(Math.min(this.timeoutMs, withinMs ?? this.timeoutMs)), // one deadline over connecting, sending, waiting and reading
      })
      return { status: response.statusCode, text: await response.body.text() }
    } catch (error) {
      return { kind: 'unknown', code: faultOf(error), kept: false } // the request may have arrived
    }
  }
}

const read = (status: number, text: string): Answer => {
  const json = parse(text)
  if (status === 200) {
    const payment = tossPayment.safeParse(json)
    return payment.success ? { kind: 'payment', payment: payment.data } : { kind: 'unknown', code: 'UNREADABLE_ANSWER', kept: false }
  }
  const error = tossError.safeParse(json)
  // Without a code it is some proxy on the way that spoke; what it could not reach may still be at work.
  if (!error.success) return { kind: 'unknown', code: `HTTP_${status}`, kept: false }
  const { code, message } = error.data
  const kind = classOf(code)
  return kind === 'unknown' ? { kind, code, kept: isKeptAnswer(code) } : { kind, code, message }
}

const stateOf = (payment: TossPayment): Found => {
  const { paymentKey, orderId, status, failure } = payment
  switch (status) {
    case 'DONE':
    case 'PARTIAL_CANCELED': {
      const approvedAt = utc(payment.approvedAt)
      return {
        kind: 'approved',
        paymentKey,
        orderId,
        amount: payment.totalAmount,
        ...(approvedAt === undefined ? {} : { approvedAt }),
        ...(payment.method ? { method: payment.method } : {}),
      }
    }
    case 'CANCELED':
      return canceled(payment)
    case 'ABORTED':
    case 'EXPIRED':
      return { kind: 'declined', paymentKey, orderId, code: failure?.code ?? status, message: failure?.message ?? '' }
    case 'READY':
    case 'IN_PROGRESS':
      return { kind: 'absent' }
    default: // WAITING_FOR_DEPOSIT, which we do not offer, and whatever Toss invents
      return { kind: 'unknown', code: status, kept: false }
  }
}

const canceled = (payment: TossPayment): Canceled => {
  const canceledAt = utc(payment.cancels?.at(-1)?.canceledAt)
  const { paymentKey, orderId } = payment
  return { kind: 'canceled', paymentKey, orderId, ...(canceledAt === undefined ? {} : { canceledAt }) }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // judged by the schemas, as any other unreadable answer
  }
}

/** `TIMEOUT`, or the socket's own word: `ECONNREFUSED`, `UND_ERR_SOCKET` … Never the message, which could quote a header. */
const faultOf = (error: unknown): string => {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown }
  if (name === 'TimeoutError') return 'TIMEOUT'
  return typeof code === 'string' ? code : 'NETWORK'
}
