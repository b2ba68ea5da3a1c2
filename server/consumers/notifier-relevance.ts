import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { ChannelMode } from '../../machines/channel.ts'
import type { CustomerContext } from '../../machines/customer.ts'
import type { MessageBook } from '../message-book.ts'
import { NOTICES, type Notice } from './messages.ts'

/** How an order ended: told in every mode, however late while it is of use. */
export const ENDS: readonly Notice[] = ['delivered', 'canceled', 'rejected', 'expired', 'paymentFailed', 'refunded']

/** Under load an order that hurries through its statuses is told of where it rests. */
const RESTED_MS = 20_000

/** A record shows where the order is, not where it was: what was told before is known by its claim. */
export const noticesOf = ({ state }: ActorRecord): readonly Notice[] => {
  const { order, refund } = orderRegions(state)
  return NOTICES.filter(notice => notice === order || (notice === 'refunded' && refund === 'done'))
}

/** Digits as Solapi wants them, `+82 10-1234-5678` → `01012345678`; undefined when there is no number to call. */
export const phoneOf = (phone: string | undefined): string | undefined => {
  const digits = phone?.replace(/\D/g, '').replace(/^82/, '0').replace(/^00/, '0')
  return digits !== undefined && /^0\d{8,10}$/.test(digits) ? digits : undefined
}

export interface Question {
  readonly record: ActorRecord
  readonly notice: Notice
  readonly ageMs: number
  readonly mode: ChannelMode
  /** It has been given back to the log before. */
  readonly waited: boolean
}

export type Answer = { readonly kind: 'now' } | { readonly kind: 'none' } | { readonly kind: 'later'; readonly afterMs: number }

/**
 * Whether the customer should hear of it, at the moment of telling.
 * V1. Not who does not want to. V2. Nothing older than what he has heard already. V3. With intermediate statuses suspended, an order's
 * newest status only, once it has rested in it; an end always, at once.
 */
export class Relevance {
  readonly #log: Pick<Log, 'latest'>
  readonly #book: Pick<MessageBook, 'messagesOf'>

  constructor({ log, book }: { readonly log: Pick<Log, 'latest'>; readonly book: Pick<MessageBook, 'messagesOf'> }) {
    this.#log = log
    this.#book = book
  }

  async of(question: Question): Promise<Answer> {
    const suspended = await this.#suspended(question)
    if (suspended) return suspended
    const { record, notice, waited } = question
    if (!(await this.#wants(orderContext(record.state).customer.id))) return { kind: 'none' } // V1
    return waited && !ENDS.includes(notice) && (await this.#hasHeardLater(record)) ? { kind: 'none' } : { kind: 'now' } // V2
  }

  /** V3 */
  async #suspended({ record, notice, ageMs, mode, waited }: Question): Promise<Answer | undefined> {
    // A customer who has paid after all is not told that the payment failed.
    if (notice === 'paymentFailed')
      return (waited || mode === 'newestOnly') && (await this.#hasMoved(record)) ? { kind: 'none' } : undefined
    if (ENDS.includes(notice) || mode !== 'newestOnly') return undefined
    if (ageMs < RESTED_MS) return { kind: 'later', afterMs: RESTED_MS - ageMs }
    return (await this.#hasMoved(record)) ? { kind: 'none' } : undefined
  }

  /** The customer's own word, as it stands now; who has no actor has said nothing against it. */
  async #wants(id: string): Promise<boolean> {
    const customer = await this.#log.latest({ kind: 'customer', id })
    const { messages } = (customer?.body.state.context ?? {}) as Partial<CustomerContext>
    return messages?.kakao !== false
  }

  async #hasMoved(record: ActorRecord): Promise<boolean> {
    const newest = await this.#log.latest({ kind: 'order', id: record.id })
    return newest !== undefined && orderRegions(newest.body.state).order !== orderRegions(record.state).order
  }

  async #hasHeardLater(record: ActorRecord): Promise<boolean> {
    const heard = await this.#book.messagesOf(record.id)
    return heard.some(({ channel, version = 0 }) => channel === 'alimtalk' && version > record.version)
  }
}
