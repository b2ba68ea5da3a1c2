import type { Logger } from 'pino'
import { Counter } from 'prom-client'
import { type Clock, isoOf } from '../../actors/clock.ts'
import { orderContext } from '../../actors/kinds/order.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { type Trace, type Tracer, traceId } from '../../actors/tracing.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { MessageBook } from '../message-book.ts'
import type { Rest } from '../outside/rest.ts'
import type { Sent, Solapi } from '../outside/solapi.ts'
import { messageOf, type Notice, type Templates } from './messages.ts'
import type { Mode } from './notifier-mode.ts'
import { Pace } from './notifier-pace.ts'
import type { Waiting } from './notifier-waiting.ts'

export interface AlimTalkOptions {
  readonly book: MessageBook
  readonly solapi: Pick<Solapi, 'send' | 'timeoutMs'>
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
  readonly from: string
  readonly pfId: string
  readonly templates: Templates
  readonly ratePerS: number
  readonly rest: Rest
  readonly mode: Mode
  readonly waiting: Waiting
  readonly tracer?: Tracer | undefined
}

/** What is to be told, to whom. */
export interface News {
  readonly record: ActorRecord
  readonly notice: Notice
  /** Digits. */
  readonly to: string
  readonly ageMs: number
  readonly trace?: Trace
}

/** `behind`: it waits for the provider or for its turn, and counts as a delay. */
export type Told = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly afterMs: number; readonly behind: boolean }

/** `taken`: somebody has it already. */
type Claimed = { readonly kind: 'mine' } | { readonly kind: 'taken' } | { readonly kind: 'tooEarly'; readonly afterMs: number }

export const nameOf = (record: ActorRecord, notice: Notice) => ({ orderId: record.id, about: notice, channel: 'alimtalk' }) as const

const UNREACHED_AGAIN_MS = 1_000

const sentCounter = new Counter({
  name: 'messages_total',
  help: 'Messages by channel and how sending them ended',
  labelNames: ['channel', 'end'],
})

/** Sends AlimTalks at the provider's pace: claimed, called, and how it ended written down. */
export class AlimTalks {
  readonly #options: AlimTalkOptions
  readonly #pace: Pace

  constructor(options: AlimTalkOptions) {
    this.#options = options
    this.#pace = new Pace(options)
  }

  /** Whether it is of any use to try: 0, or when to come again, ms. */
  look(): number {
    const { rest, waiting } = this.#options
    const restMs = rest.look()
    // A thousand that come back each second, to be sent away again, would cost the orders their cores.
    return restMs > 0 ? this.#pace.spread(restMs, waiting.size) : this.#pace.look(waiting.size)
  }

  async send(news: News): Promise<Told> {
    const { rest, waiting } = this.#options
    const restMs = rest.enter()
    if (restMs > 0) return { kind: 'retry', afterMs: this.#pace.spread(restMs, waiting.size), behind: true }
    const claim = this.#claimOf(news)
    const claimed = await this.#claim(claim).catch((error: unknown) => {
      rest.leave() // or nobody would ever go ahead again
      throw error
    })
    if (claimed.kind === 'mine') return await this.#settle(claim, await this.#call(news), news)
    rest.leave()
    return claimed.kind === 'taken' ? { kind: 'done' } : { kind: 'retry', afterMs: claimed.afterMs, behind: true } // N4
  }

  async #claim(claim: MessageRecord): Promise<Claimed> {
    const { book, waiting } = this.#options
    const afterMs = await this.#pace.enter(waiting.size)
    if (afterMs > 0) return { kind: 'tooEarly', afterMs }
    return { kind: (await book.claim(claim, claim)) ? 'mine' : 'taken' } // N1
  }

  #claimOf({ record, notice }: News): MessageRecord {
    return {
      ...nameOf(record, notice),
      to: `customer/${orderContext(record.state).customer.id}`,
      at: isoOf(this.#options.clock.now()),
      status: 'sending',
      version: record.version,
      ...(record.correlationId === undefined ? {} : { correlationId: record.correlationId }),
    }
  }

  async #call({ record, notice, to, trace }: News): Promise<Sent> {
    const { solapi, from, pfId, templates, mode, tracer } = this.#options
    const startMs = performance.now()
    const span = trace && tracer?.within(trace, { name: 'solapi send', side: 'client', attributes: { 'order.id': record.id, notice } })
    const sent = await solapi.send({
      to,
      from,
      pfId,
      templateId: templates[notice].id,
      ...messageOf(notice, templates[notice], orderContext(record.state)),
      disableSms: mode.now !== 'all',
      customFields: {
        orderId: record.id,
        commandId: record.commandId.slice(0, 100),
        status: notice,
        ...(record.correlationId === undefined ? {} : { correlationId: record.correlationId }),
      },
    })
    const tookMs = performance.now() - startMs
    if (span) span.end({ attributes: { outcome: sent.kind }, ...(sent.kind === 'sent' ? {} : { failed: sent.kind }) })
    // Who is not there, or says nothing, is as slow as can be.
    mode.called(sent.kind === 'unreached' || sent.kind === 'unknown' ? Math.max(tookMs, solapi.timeoutMs) : tookMs)
    sentCounter.inc({ channel: 'alimtalk', end: sent.kind })
    return sent
  }

  async #settle(claim: MessageRecord, sent: Sent, news: News): Promise<Told> {
    const { book, rest, logger } = this.#options
    const { orderId, about, version, correlationId } = claim
    const what = { requestId: correlationId, ...traceId(news), orderId, notice: about, version }
    switch (sent.kind) {
      case 'sent':
        rest.answered()
        await book.note(claim, { ...claim, ...ids(sent), status: 'sent' })
        logger.debug({ ...what, groupId: sent.groupId }, 'customer told')
        return { kind: 'done' }
      case 'refused': // a number without KakaoTalk among them: the provider has had its chance to send the SMS, a second call would be a second message
        rest.answered()
        await book.note(claim, { ...claim, status: 'refused', statusCode: sent.code })
        logger.error({ ...what, code: sent.code, reason: sent.message }, 'message refused by the provider')
        return { kind: 'done' }
      case 'unreached': // surely not sent: the claim is given back
        rest.silent()
        await book.release(claim)
        logger.warn({ ...what, reason: sent.reason }, 'message provider out of reach, trying again later')
        return { kind: 'retry', afterMs: UNREACHED_AGAIN_MS, behind: true }
      case 'unknown': // N2
        rest.silent()
        await book.note(claim, { ...claim, status: 'unknown', statusCode: sent.reason })
        logger.warn({ ...what, reason: sent.reason }, 'message may not have been sent')
        return { kind: 'done' }
    }
  }
}

const ids = ({ groupId, messageId }: Extract<Sent, { kind: 'sent' }>) => ({ groupId, ...(messageId === undefined ? {} : { messageId }) })
