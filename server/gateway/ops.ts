import type { Logger } from 'pino'
import { type Address, TOKEN } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import { type DeadLetter, deadLettersOf, pageOfDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { fxSubject } from '../../actors/subjects.ts'
import type { TellBody } from '../../actors/tell.ts'
import type { AlertAnnouncement } from '../../machines/order-types.ts'
import type { StoreContext } from '../../machines/store.ts'
import type { Account } from '../contract/account.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import {
  type AlarmView,
  type DeadLettersQuery,
  type DeadLetterView,
  isPhone,
  type OpsOrdersQuery,
  type RetryBody,
} from '../contract/ops.ts'
import type { OrderStory } from '../contract/order-story.ts'
import { orderView } from '../contract/order-view.ts'
import type { MessageBook } from '../message-book.ts'
import { requireRole } from './access.ts'
import { historyOf, latestOf } from './log-reads.ts'
import { storyOf } from './order-story.ts'
import { type OrderPage, pageFor } from './orders.ts'
import type { Reads } from './reads.ts'

export interface OpsServices {
  readonly log: Log
  readonly reads: Pick<Reads, 'searchOrders'>
  /** Where the records are that the log has let go of. */
  readonly archive?: { recordsOf(orderId: string): Promise<readonly ActorRecord[]> }
  readonly messages: Pick<MessageBook, 'messagesOf'>
  readonly now: () => number
  readonly logger: Pick<Logger, 'warn'>
}

/** Orders shown as alarms at once; who has more of them has another problem. */
const MOST_ALARMS = 100

const silent = failsAs('LOG_UNAVAILABLE')

/** What operators look at and put right. Each call is for them alone. @throws ApiError FORBIDDEN for anybody else, LOG_UNAVAILABLE */
export class Ops {
  readonly #services: OpsServices

  constructor(services: OpsServices) {
    this.#services = services
  }

  /** @throws ApiError READ_MODEL_UNAVAILABLE, BAD_REQUEST for a wrong cursor */
  async orders(account: Account, { q, limit, cursor }: OpsOrdersQuery): Promise<OrderPage> {
    requireRole(account, 'ops')
    const wanted = q === undefined ? {} : isPhone(q) ? { phone: q } : { id: q }
    const page = this.#services.reads.searchOrders({ ...wanted, limit, ...(cursor === undefined ? {} : { cursor }) })
    return pageFor('ops', await page.catch(failsAs('READ_MODEL_UNAVAILABLE')))
  }

  /** Everything that is known of an order, by time. @throws ApiError ORDER_NOT_FOUND, READ_MODEL_UNAVAILABLE when only the archive could know it */
  async timeline(account: Account, id: string): Promise<OrderStory> {
    requireRole(account, 'ops')
    const { records, source } = TOKEN.test(id) ? await this.#recordsOf(id) : { records: [], source: 'log' as const }
    const last = records.at(-1)
    if (!last) throw new ApiError('ORDER_NOT_FOUND')
    const address: Address = { kind: 'order', id }
    const told = await this.#toldBy(address)
    const [heard, letters, messages] = await Promise.all([
      this.#heardBy(told),
      deadLettersOf(this.#services.log, address).catch(silent),
      this.#services.messages.messagesOf(id).catch(() => undefined), // a story without its messages is better than none
    ])
    const entries = storyOf({ records, told, heard, letters, messages: messages ?? [] })
    return { order: orderView(last.state, last.version, last.at, 'ops'), source, messagesKnown: messages !== undefined, entries }
  }

  /** Oldest first. @throws ApiError BAD_REQUEST for a wrong cursor */
  async deadLetters(
    account: Account,
    { limit, cursor = '0' }: DeadLettersQuery,
  ): Promise<{ items: DeadLetterView[]; nextCursor: string | null }> {
    requireRole(account, 'ops')
    if (!/^\d{1,15}$/.test(cursor)) throw new ApiError('BAD_REQUEST', { details: { parameter: 'cursor' } })
    const { letters, next } = await pageOfDeadLetters(this.#services.log, limit, Number(cursor)).catch(silent)
    return { items: letters.map(letterView), nextCursor: next === undefined ? null : String(next) }
  }

  /** Has it tried again; who wanted it and why stays with the letter. @throws ApiError NOT_FOUND when no such letter waits */
  async retry(account: Account, { id, reason: why }: RetryBody): Promise<DeadLetterView> {
    requireRole(account, 'ops')
    const { log, now, logger } = this.#services
    const retry = { at: isoOf(now()), by: `ops/${account.id}`, why }
    const letter = await retryDeadLetter(log, id, retry).catch(silent)
    if (!letter) throw new ApiError('NOT_FOUND')
    logger.warn({ requestId: account.requestId, letter: id, by: retry.by, why }, 'a dead letter is tried again')
    return letterView(letter)
  }

  /** Orders that nobody at the store has looked at for so long that operators are called, too. */
  async alarms(account: Account): Promise<AlarmView[]> {
    requireRole(account, 'ops')
    const alarms: AlarmView[] = []
    for (const orderId of await this.#calledFor()) {
      if (alarms.length === MOST_ALARMS) break
      const order = await latestOf(this.#services.log, { kind: 'order', id: orderId })
      if (!order || orderRegions(order.body.state).alert !== 'ringing') continue
      const { store, alerts = 0, approvedAt, placedAt } = orderContext(order.body.state)
      const phone = await this.#phoneOf(store.id)
      alarms.push({
        orderId,
        store: { id: store.id, name: store.name ?? '', ...(phone === undefined ? {} : { phone }) },
        alerts,
        placedAt: approvedAt ?? placedAt,
      })
    }
    return alarms
  }

  /** As the store gives it now, which may be another one than when the order came. */
  async #phoneOf(storeId: string): Promise<string | undefined> {
    const store = await latestOf(this.#services.log, { kind: 'store', id: storeId })
    return (store?.body.state.context as Partial<StoreContext> | undefined)?.phone
  }

  async #calledFor(): Promise<string[]> {
    const orders: string[] = []
    const called = async (): Promise<void> => {
      for await (const { body } of this.#services.log.newest<AlertAnnouncement>('out.alert.>'))
        if (body.level === 'ops') orders.push(body.orderId)
    }
    await called().catch(silent)
    return orders
  }

  /** From the log as far back as it goes, before that from the archive. */
  async #recordsOf(id: string): Promise<{ readonly records: readonly ActorRecord[]; readonly source: 'log' | 'archive' }> {
    const kept = (await historyOf(this.#services.log, { kind: 'order', id })).map(({ body }) => body)
    const first = kept[0]?.version ?? Number.POSITIVE_INFINITY
    const { archive } = this.#services
    if (first === 1 || !archive) return { records: kept, source: 'log' }
    const archived = await archive.recordsOf(id).catch(failsAs('READ_MODEL_UNAVAILABLE'))
    return { records: [...archived.filter(({ version }) => version < first), ...kept], source: 'archive' }
  }

  async #toldBy(address: Address): Promise<readonly Stored<TellBody>[]> {
    const told: Stored<TellBody>[] = []
    const read = async (): Promise<void> => {
      for await (const message of this.#services.log.newest<TellBody>(fxSubject('tell', address, '*'))) told.push(message)
    }
    await read().catch(silent)
    return told
  }

  /** The newest records of all who were told something. */
  async #heardBy(told: readonly Stored<TellBody>[]): Promise<readonly ActorRecord[]> {
    const hearers = new Map(told.map(({ body: { to } }) => [`${to.kind}/${to.id}`, to]))
    const histories = await Promise.all([...hearers.values()].map(to => historyOf(this.#services.log, to)))
    return histories.flat().map(({ body }) => body)
  }
}

const letterView = ({ id, src, address, attempts, reason, at, correlationId, retried }: DeadLetter): DeadLetterView => ({
  id,
  src,
  address,
  attempts,
  reason,
  at,
  ...(correlationId === undefined ? {} : { requestId: correlationId }),
  ...(retried ? { retried } : {}),
})
