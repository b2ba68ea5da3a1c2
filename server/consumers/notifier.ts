import type { Logger } from 'pino'
import { isoOf } from '../../actors/clock.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Settled, Stored, Subscription } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { MessageBook } from '../message-book.ts'
import { Rest } from '../outside/rest.ts'
import type { Sent, Solapi } from '../outside/solapi.ts'
import { messageOf, NEWS, NOTICES, type Notice, type Templates } from './messages.ts'

export interface NotifierOptions {
  readonly log: Log
  /** Who was told what, and when. */
  readonly book: MessageBook
  readonly solapi: Solapi
  readonly now: () => number
  readonly logger: Logger
  /** The registered sender, digits only. */
  readonly from: string
  /** The KakaoTalk channel. */
  readonly pfId: string
  readonly templates: Templates
  /** Messages on their way at once, default 16. */
  readonly concurrency?: number
}

/** How far behind the log it is decides what is left out, so it eases and resumes by itself: SMS first, then all but the newest status. */
const NO_SMS_BEHIND_MS = 60_000
const NEWEST_ONLY_BEHIND_MS = 300_000

type Mode = 'all' | 'noSms' | 'newestOnly'

/**
 * Tells customers by AlimTalk how their orders fare.
 * N1. At most one message per order, status and channel: the claim comes before the call. A crash between the two loses that
 *     one message; the other order of things would send it twice.
 * N2. A call whose outcome is unknown is not repeated: Solapi has no idempotency key.
 * N3. Nothing waits for this: a provider that hangs leaves orders alone and is itself left in peace (`Rest`).
 */
export const startNotifier = (options: NotifierOptions): Promise<Subscription> => {
  const notifier = new Notifier(options)
  return options.log.consume<ActorRecord>({
    stream: 'ORDERS',
    durable: 'notifier',
    subjects: ['evt.order.>'],
    concurrency: options.concurrency ?? 16,
    ackWaitMs: options.solapi.timeoutMs + 10_000,
    handler: (record, attempt) => notifier.handle(record, attempt),
  })
}

class Notifier {
  readonly #options: NotifierOptions
  readonly #rest: Rest
  #mode: Mode = 'all'

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#rest = new Rest(options.now)
  }

  async handle(stored: Stored<ActorRecord>, attempt: number): Promise<Settled> {
    const record = stored.body
    if (record === undefined) return { kind: 'done' } // no JSON: the projector reports it
    const ageMs = this.#options.now() - Date.parse(record.at)
    const useful = noticesOf(record).filter(notice => ageMs <= NEWS[notice].usefulMs)
    const to = phoneOf(orderContext(record.state).customer.phone)
    if (useful.length === 0 || to === undefined) return { kind: 'done' }
    const mode = this.#modeAt(ageMs)
    for (const notice of useful) {
      // One that waited may have been overtaken: the customer hears where the order is, not where it was.
      if ((attempt > 1 || mode === 'newestOnly') && (await this.#isOvertaken(record, notice))) continue
      const settled = await this.#tell(record, notice, to, mode)
      if (settled.kind === 'retry') return settled
    }
    return { kind: 'done' }
  }

  async #tell(record: ActorRecord, notice: Notice, to: string, mode: Mode): Promise<Settled> {
    const { book, solapi, from, pfId, templates, logger, now } = this.#options
    const name = { orderId: record.id, about: notice, channel: 'alimtalk' } as const
    if (await book.isClaimed(name)) return { kind: 'done' } // most are
    const restMs = this.#rest.enter()
    if (restMs > 0) return { kind: 'retry', afterMs: restMs }
    const customer = orderContext(record.state).customer.id
    const claim: MessageRecord = { ...name, to: `customer/${customer}`, at: isoOf(now()), status: 'sending', version: record.version }
    if (!(await book.claim(name, claim))) {
      this.#rest.leave()
      return { kind: 'done' } // N1
    }
    const sent = await solapi.send({
      to,
      from,
      pfId,
      templateId: templates[notice].id,
      ...messageOf(notice, templates[notice], orderContext(record.state)),
      disableSms: mode !== 'all',
      customFields: { orderId: record.id, commandId: record.commandId.slice(0, 100), status: notice },
    })
    const about = { orderId: record.id, notice, version: record.version }
    switch (sent.kind) {
      case 'sent':
        this.#rest.answered()
        await book.note(name, { ...claim, ...ids(sent), status: 'sent' })
        logger.debug({ ...about, groupId: sent.groupId }, 'customer told')
        return { kind: 'done' }
      case 'refused':
        this.#rest.answered()
        await book.note(name, { ...claim, status: 'refused', statusCode: sent.code })
        logger.error({ ...about, code: sent.code, reason: sent.message }, 'message refused by the provider')
        return { kind: 'done' }
      case 'unreached': // surely not sent: the claim is given back
        this.#rest.silent()
        await book.release(name)
        logger.warn({ ...about, reason: sent.reason }, 'message provider out of reach, trying again later')
        return { kind: 'retry', afterMs: 1_000 }
      case 'unknown': // N2
        this.#rest.silent()
        await book.note(name, { ...claim, status: 'unknown', statusCode: sent.reason })
        logger.warn({ ...about, reason: sent.reason }, 'message may not have been sent')
        return { kind: 'done' }
    }
  }

  #modeAt(ageMs: number): Mode {
    const mode = ageMs > NEWEST_ONLY_BEHIND_MS ? 'newestOnly' : ageMs > NO_SMS_BEHIND_MS ? 'noSms' : 'all'
    if (mode !== this.#mode) this.#options.logger.warn({ from: this.#mode, to: mode, behindMs: ageMs }, 'notifications change their mode')
    this.#mode = mode
    return mode
  }

  async #isOvertaken(record: ActorRecord, notice: Notice): Promise<boolean> {
    if (notice === 'refunded') return false
    const newest = await this.#options.log.latest({ kind: 'order', id: record.id })
    return newest !== undefined && orderRegions(newest.body.state).order !== notice
  }
}

const ids = ({ groupId, messageId }: Extract<Sent, { kind: 'sent' }>) => ({ groupId, ...(messageId === undefined ? {} : { messageId }) })

/** A record shows where the order is, not where it was: what was told before is known by its claim. */
const noticesOf = ({ state }: ActorRecord): readonly Notice[] => {
  const { order, refund } = orderRegions(state)
  return NOTICES.filter(notice => notice === order || (notice === 'refunded' && refund === 'done'))
}

/** Digits as Solapi wants them, `+82 10-1234-5678` → `01012345678`; undefined when there is no number to call. */
const phoneOf = (phone: string | undefined): string | undefined => {
  const digits = phone?.replace(/\D/g, '').replace(/^82/, '0').replace(/^00/, '0')
  return digits !== undefined && /^0\d{8,10}$/.test(digits) ? digits : undefined
}
