import type { Logger } from 'pino'
import type { Clock } from '../../actors/clock.ts'
import { orderContext } from '../../actors/kinds/order.ts'
import type { Log, Settled, Stored, Subscription } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Router } from '../../actors/router.ts'
import { along, handling, type Tracer } from '../../actors/tracing.ts'
import type { MessageBook } from '../message-book.ts'
import { Rest } from '../outside/rest.ts'
import type { Solapi } from '../outside/solapi.ts'
import { NEWS, type Templates } from './messages.ts'
import { AlimTalks, type News, nameOf, type Told } from './notifier-alimtalk.ts'
import type { LoadLimits } from './notifier-load.ts'
import { Mode } from './notifier-mode.ts'
import { noticesOf, phoneOf, Relevance } from './notifier-relevance.ts'
import { Waiting } from './notifier-waiting.ts'

export interface NotifierOptions {
  readonly log: Log
  readonly router: Pick<Router, 'ask'>
  /** Who was told what, and when. */
  readonly book: MessageBook
  readonly solapi: Pick<Solapi, 'send' | 'timeoutMs'>
  readonly clock: Clock
  /** 0…1 */
  readonly random: () => number
  readonly newId: () => string
  readonly logger: Logger
  /** The registered sender, digits only. */
  readonly from: string
  /** The KakaoTalk channel. */
  readonly pfId: string
  readonly templates: Templates
  /** Messages begun in a second, 1…10,000. */
  readonly ratePerS: number
  readonly limits: LoadLimits
  /** Messages on their way at once, default 16. */
  readonly concurrency?: number
  readonly tracer?: Tracer | undefined
}

/**
 * Tells customers by AlimTalk how their orders fare.
 * N1. At most one message per order, status and channel: the claim comes before the call. A crash between the two loses that
 *     one message; the other order of things would send it twice.
 * N2. A call whose outcome is unknown is not repeated: Solapi has no idempotency key.
 * N3. Nothing waits for this: a provider that hangs leaves orders alone and is itself left in peace (`Rest`).
 * N4. What has to wait is given back to the log and comes again; nothing that is still of use is dropped.
 * N5. How an order ended is told in every mode.
 */
export const startNotifier = async (options: NotifierOptions): Promise<Subscription> => {
  const waiting = new Waiting()
  const mode = await Mode.open({ ...options, waiting })
  const notifier = new Notifier(options, mode, waiting)
  const consumer = await options.log.consume<ActorRecord>({
    stream: 'ORDERS',
    durable: 'notifier',
    subjects: ['evt.order.>'],
    concurrency: options.concurrency ?? 16,
    ackWaitMs: options.solapi.timeoutMs + 10_000,
    handler: handling(options.tracer, 'notify', (record, attempt) => notifier.handle(record, attempt)),
  })
  return {
    stop: async () => {
      await consumer.stop()
      await mode.stop()
    },
  }
}

class Notifier {
  readonly #options: NotifierOptions
  readonly #mode: Mode
  readonly #waiting: Waiting
  readonly #relevance: Relevance
  readonly #alimTalks: AlimTalks

  constructor(options: NotifierOptions, mode: Mode, waiting: Waiting) {
    this.#options = options
    this.#mode = mode
    this.#waiting = waiting
    this.#relevance = new Relevance(options)
    this.#alimTalks = new AlimTalks({ ...options, mode, waiting, rest: new Rest(() => options.clock.now()) })
  }

  async handle(stored: Stored<ActorRecord>, attempt: number): Promise<Settled> {
    const { seq, body: record } = stored
    this.#waiting.delete(seq)
    if (record === undefined) return { kind: 'done' } // no JSON: the projector reports it
    const atMs = Date.parse(record.at)
    const ageMs = this.#options.clock.now() - atMs
    const useful = noticesOf(record).filter(notice => ageMs <= NEWS[notice].usefulMs)
    const to = phoneOf(orderContext(record.state).customer.phone)
    if (useful.length === 0 || to === undefined) return { kind: 'done' }
    if (attempt === 1) this.#mode.read(ageMs)
    for (const notice of useful) {
      const settled = await this.#tell({ record, notice, to, ageMs, ...along(stored) }, attempt)
      if (settled.kind === 'done') continue
      if (settled.behind) this.#waiting.add(seq, atMs)
      return { kind: 'retry', afterMs: settled.afterMs }
    }
    return { kind: 'done' }
  }

  async #tell(news: News, attempt: number): Promise<Told> {
    const { record, notice, ageMs } = news
    // Before anything is read, for there may be ten thousand; unless most are to be left out: those must not stand in line first.
    const lookMs = this.#mode.now === 'newestOnly' ? 0 : this.#alimTalks.look()
    if (lookMs > 0) return { kind: 'retry', afterMs: lookMs, behind: true }
    if (await this.#options.book.isClaimed(nameOf(record, notice))) return { kind: 'done' } // most are
    const relevance = await this.#relevance.of({ record, notice, ageMs, mode: this.#mode.now, waited: attempt > 1 })
    switch (relevance.kind) {
      case 'none':
        return { kind: 'done' }
      case 'later':
        return { kind: 'retry', afterMs: relevance.afterMs, behind: false }
      case 'now':
        return await this.#alimTalks.send(news)
    }
  }
}
