import type { Logger } from 'pino'
import { TOKEN } from '../../actors/address.ts'
import { along, type Tracer, traceId } from '../../actors/tracing.ts'
import type { Account } from '../contract/account.ts'
import { ApiError, errorBody, toApiError } from '../contract/errors.ts'
import type { Ack } from '../contract/requests.ts'
import type { Budgets } from '../gateway/budgets.ts'
import type { RequestMetrics } from '../metrics/requests.ts'
import type { Guest } from './handshake.ts'
import type { Request } from './requests.ts'

type AnswerLogger = Pick<Logger, 'debug' | 'info' | 'error'>

/** Requests of one socket in hand at once; a tablet in a rush has two or three. Positions do not count: after a gap a device sends many, each done at once. */
export const MOST_IN_HAND = 32

interface AnsweringParts {
  readonly logger: AnswerLogger
  readonly newId: () => string
  readonly budgets: Budgets
  readonly metrics: Pick<RequestMetrics, 'socket'>
  readonly tracer?: Tracer | undefined
}

/**
 * Answers the requests of one socket.
 * A1. Every request is answered once, whatever it does; nothing a client sends throws out of here.
 */
export class Answering {
  readonly #guest: Guest
  readonly #logger: AnswerLogger
  readonly #newId: () => string
  readonly #budgets: Budgets
  readonly #metrics: AnsweringParts['metrics']
  readonly #tracer: Tracer | undefined
  readonly #inHand = new Set<Promise<Ack<object>>>()
  #draining = false

  constructor(guest: Guest, { logger, newId, budgets, metrics, tracer }: AnsweringParts) {
    this.#guest = guest
    this.#logger = logger
    this.#newId = newId
    this.#budgets = budgets
    this.#metrics = metrics
    this.#tracer = tracer
  }

  /** The arguments of an event as they came: a payload and, if the client cares, a function to call with the answer. */
  async take(name: string, request: Request, args: readonly unknown[]): Promise<void> {
    const ack = args.at(-1)
    const answering = this.#answer(name, request, typeof args[0] === 'function' ? undefined : args[0])
    if (name !== 'location') this.#inHand.add(answering)
    const answer = await answering
    this.#inHand.delete(answering)
    if (typeof ack === 'function') ack(answer)
  }

  /** Takes nothing new, and waits for what is in hand. */
  async drain(): Promise<void> {
    this.#draining = true
    await Promise.all(this.#inHand)
  }

  async #answer(name: string, request: Request, payload: unknown): Promise<Ack<object>> {
    const { account, locale } = this.#guest
    const requestId = this.#nameOf(name, payload)
    const named = requestId === undefined ? {} : { requestId }
    // A position is one of many, and leads to nothing that a trace could show.
    const span = name === 'location' ? undefined : this.#tracer?.enter({ name: `socket ${name}`, side: 'server' })
    const about = { ...named, ...traceId(span), request: name, account }
    try {
      if (this.#draining) throw new ApiError('DRAINING')
      if (name !== 'location' && this.#inHand.size >= MOST_IN_HAND) throw new ApiError('TOO_MANY_REQUESTS')
      await this.#budgets.spend(name === 'location' ? 'position' : 'order', account)
      const answer = await request({ ...account, ...named, ...along(span) }, payload)
      this.#metrics.socket(name, 'ok')
      this.#logger.debug(about, 'socket request')
      span?.end({ attributes: { outcome: 'ok', 'correlation.id': requestId } })
      return { ok: true, ...answer, ...named }
    } catch (thrown) {
      this.#note(about, thrown)
      const { code, row, retryAfterS } = toApiError(thrown)
      span?.end({ attributes: { outcome: code, 'correlation.id': requestId }, ...(row.status < 500 ? {} : { failed: code }) })
      return { ok: false, ...named, error: { ...errorBody(thrown, locale), ...(retryAfterS === undefined ? {} : { retryAfterS }) } } // A1
    }
  }

  /** As the client names it, if it does; a position is one of many, moves nothing and needs no name. */
  #nameOf(name: string, payload: unknown): string | undefined {
    const given = (payload as { readonly requestId?: unknown } | null | undefined)?.requestId
    if (typeof given === 'string' && TOKEN.test(given)) return given
    return name === 'location' ? undefined : this.#newId()
  }

  /** Refusals are everyday; what breaks on our side is not. */
  #note(about: { readonly request: string; readonly account: Account }, thrown: unknown): void {
    const { code, row } = toApiError(thrown)
    this.#metrics.socket(about.request, code)
    if (row.status === 500) this.#logger.error({ ...about, err: thrown }, 'a socket request broke')
    else this.#logger.info({ ...about, code }, 'socket request refused')
  }
}
