import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { Counter } from 'prom-client'
import { type Address, formatAddress } from '../../actors/address.ts'
import { type Clock, isoOf } from '../../actors/clock.ts'
import type { Settled } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { PushSubscription } from '../../machines/push.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { MessageBook } from '../message-book.ts'
import { Rest } from '../outside/rest.ts'
import type { Pushed, PushMessage, WebPush } from '../outside/web-push.ts'

export interface PushesOptions {
  readonly router: Pick<Router, 'ask'>
  readonly book: MessageBook
  readonly webPush: Pick<WebPush, 'send' | 'timeoutMs'>
  readonly clock: Clock
  readonly newId: () => string
  readonly logger: Logger
}

/** One push message to one account, on all of its browsers. */
export interface PushNews {
  readonly to: Address
  readonly subscriptions: readonly PushSubscription[]
  readonly orderId: string
  /** Names it among all about this order: `alert-3`. */
  readonly about: string
  readonly message: PushMessage
  readonly correlationId?: string
}

/** Push services whose silence is remembered; there are a handful. */
const MOST_SERVICES = 32
const UNSUBSCRIBE_WITHIN_MS = 2_000

const pushed = new Counter({ name: 'pushes_total', help: 'Push messages to browsers, by how sending them ended', labelNames: ['end'] })

/**
 * Sends push messages, each at most once to each browser: claimed before the call, as everything that is sent.
 * W1. A call whose outcome is unknown is not repeated. W2. A subscription that is over is given up by its own actor.
 * W3. A push service that is silent is left in peace, and the others are served meanwhile.
 */
export class Pushes {
  readonly #options: PushesOptions
  readonly #rests = new Map<string, Rest>()

  constructor(options: PushesOptions) {
    this.#options = options
  }

  /** `retry`: some browsers could not be served yet; those that were are not served again. */
  async tell(news: PushNews): Promise<Settled> {
    const waits: number[] = []
    for (const subscription of news.subscriptions) {
      const waitMs = await this.#tellOne(news, subscription)
      if (waitMs > 0) waits.push(waitMs)
    }
    return waits.length === 0 ? { kind: 'done' } : { kind: 'retry', afterMs: Math.min(...waits) }
  }

  /** @returns 0 when it is settled, or when to try again, ms */
  async #tellOne(news: PushNews, subscription: PushSubscription): Promise<number> {
    const { book, webPush, clock } = this.#options
    const { orderId, about, to, correlationId } = news
    const name = { orderId, about, channel: 'webPush', receiver: receiverOf(to, subscription.endpoint) } as const
    if (await book.isClaimed(name)) return 0
    const rest = this.#restOf(subscription.endpoint)
    const restMs = rest.enter() // W3
    if (restMs > 0) return restMs
    const claim: MessageRecord = {
      orderId,
      about,
      channel: 'webPush',
      to: formatAddress(to),
      at: isoOf(clock.now()),
      status: 'sending',
      ...(correlationId === undefined ? {} : { correlationId }),
    }
    const isMine = await book.claim(name, claim).catch((error: unknown) => {
      rest.leave()
      throw error
    })
    if (!isMine) {
      rest.leave()
      return 0
    }
    const end = await webPush.send(subscription, news.message)
    pushed.inc({ end: end.kind })
    noteSilence(rest, end)
    return await this.#settle(news, subscription, end, {
      note: change => book.note(name, { ...claim, ...change }),
      release: () => book.release(name),
    })
  }

  async #settle(
    { to, orderId, about, correlationId }: PushNews,
    { endpoint }: PushSubscription,
    end: Pushed,
    claim: Claim,
  ): Promise<number> {
    const { logger } = this.#options
    const what = { requestId: correlationId, orderId, about, to: formatAddress(to), service: originOf(endpoint) }
    switch (end.kind) {
      case 'accepted':
        await claim.note({ status: 'sent' })
        logger.debug(what, 'push sent')
        return 0
      case 'gone':
        await claim.note({ status: 'refused', statusCode: end.reason })
        logger.info({ ...what, reason: end.reason }, 'a push subscription is over')
        await this.#unsubscribe(to, endpoint) // W2
        return 0
      case 'refused':
        await claim.note({ status: 'refused', statusCode: end.reason })
        logger.error({ ...what, reason: end.reason }, 'push refused by its service')
        return 0
      case 'later': // surely not sent: the claim is given back
        await claim.release()
        logger.warn({ ...what, reason: end.reason }, 'push service out of reach or busy, trying again later')
        return end.afterMs
      case 'unknown': // W1
        await claim.note({ status: 'unknown', statusCode: end.reason })
        logger.warn({ ...what, reason: end.reason }, 'push may not have been sent')
        return 0
    }
  }

  /** Left to the next push when its actor does not answer. */
  async #unsubscribe(address: Address, endpoint: string): Promise<void> {
    const { router, clock, newId } = this.#options
    const by = { role: 'system', id: 'notifier' } as const
    const event = { type: 'unsubscribePush', endpoint }
    const command = { commandId: `unsubscribePush:${newId()}`, address, event, by, at: isoOf(clock.now()) }
    await router.ask(command, UNSUBSCRIBE_WITHIN_MS).catch(() => undefined)
  }

  #restOf(endpoint: string): Rest {
    const origin = originOf(endpoint)
    const rest = this.#rests.get(origin) ?? new Rest(() => this.#options.clock.now())
    this.#rests.set(origin, rest)
    const [first] = this.#rests.keys()
    if (this.#rests.size > MOST_SERVICES && first !== undefined) this.#rests.delete(first)
    return rest
  }
}

interface Claim {
  note(change: Pick<MessageRecord, 'status' | 'statusCode'>): Promise<void>
  release(): Promise<void>
}

/** 429 is an answer: only this message waits. */
const noteSilence = (rest: Rest, end: Pushed): void => {
  if (end.kind === 'unknown' || (end.kind === 'later' && end.reason !== 'HTTP_429')) rest.silent()
  else rest.answered()
}

/** A token that tells one browser of one account from all others, and says nothing. */
const receiverOf = (to: Address, endpoint: string): string =>
  createHash('sha256')
    .update(`${formatAddress(to)}\n${endpoint}`)
    .digest('hex')
    .slice(0, 16)

const originOf = (endpoint: string): string => URL.parse(endpoint)?.origin ?? 'none'
