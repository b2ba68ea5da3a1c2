import type { Logger } from 'pino'
import { Counter } from 'prom-client'
import { TOKEN } from '../../actors/address.ts'
import type { Bucket } from '../../actors/bucket.ts'
import { type Alarm, type Clock, isoOf } from '../../actors/clock.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { Toss } from '../outside/toss.ts'
import type { TossTransaction } from '../outside/toss-payment.ts'
import { type Finding, findingOf } from './reconciler-finding.ts'

/** How far the sweep has come, and whose turn it is. Longer than any outage of all workers. */
export const SWEEPS = { name: 'sweeps', ttlMs: 3 * 86_400_000, storage: 'file' } as const

export interface ReconcilerOptions {
  readonly toss: Pick<Toss, 'transactions'>
  readonly log: Pick<Log, 'latest'>
  readonly router: Pick<Router, 'ask'>
  readonly bucket: Bucket<string>
  readonly clock: Clock
  readonly logger: Logger
  readonly everyMs: number
}

/** Money that moved in the last moments may still be on its way to its order. */
const SETTLE_MS = 30_000
/** Where a house begins that has never swept. */
const FIRST_MS = 3_600_000
/** Asked of the provider at a time. */
const PAGE = 1_000
const CURSOR = 'upTo'

const found = new Counter({
  name: 'payment_transactions_reconciled_total',
  help: 'Transactions of the provider that were compared with their orders, by what was found',
  labelNames: ['finding'],
})

/**
 * Compares what the provider has booked with the orders, and has repaired what differs.
 * R1. Each stretch of time is swept by one worker, and a stretch whose worker died by the next one: the cursor moves only when all of it
 *     has been compared.
 * R2. An order that does not know of its charge is asked to look, and decides for itself: nothing is written here.
 * R3. What no order can repair is said once, as an error, for an operator.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions
  #alarm: Alarm | undefined
  #stopped = false
  #sweeping: Promise<unknown> = Promise.resolve()

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.#wait()
  }

  async stop(): Promise<void> {
    this.#alarm?.cancel()
    this.#stopped = true
    await this.#sweeping
  }

  /** Compares all that is settled by now. @returns what was found, `undefined` when it is another worker's turn or the provider does not answer */
  async sweep(): Promise<readonly Finding[] | undefined> {
    const { bucket, clock, everyMs } = this.#options
    const turn = Math.floor(clock.now() / everyMs)
    if (!(await bucket.create(`turn.${everyMs}.${turn}`, isoOf(clock.now())))) return undefined // R1
    const toMs = clock.now() - SETTLE_MS
    const fromMs = Number((await bucket.get(CURSOR)) ?? toMs - FIRST_MS)
    const findings: Finding[] = []
    for (let after: string | undefined; ; ) {
      const page = await this.#options.toss.transactions(fromMs, toMs, PAGE, after)
      if (page.kind !== 'listed') {
        this.#options.logger.warn({ code: page.code }, 'the provider does not show its transactions; the next sweep asks again')
        return undefined
      }
      for (const transaction of page.transactions) findings.push(await this.#compare(transaction))
      after = page.transactions.at(-1)?.transactionKey
      if (page.transactions.length < PAGE) break
    }
    await bucket.put(CURSOR, String(toMs)) // R1
    return findings
  }

  async #compare(transaction: TossTransaction): Promise<Finding> {
    const { log, logger, router, clock } = this.#options
    const { orderId, status, amount, transactionKey } = transaction
    const record = TOKEN.test(orderId) ? await log.latest({ kind: 'order', id: orderId }) : undefined
    const finding = findingOf(transaction, record?.body)
    found.inc({ finding })
    if (finding === 'doubt') {
      const by = { role: 'system', id: 'reconciler' } as const
      const command = { commandId: `reconcile:${transactionKey}`, address: { kind: 'order', id: orderId }, event: { type: 'hint' }, by }
      await router.ask({ ...command, at: isoOf(clock.now()) }) // R2
      logger.warn({ orderId, status, amount }, 'an order does not know of money that moved, and looks')
    } else if (finding !== 'agreed')
      logger.error({ orderId, status, amount, finding }, 'the provider’s book and ours differ, an operator must look') // R3
    return finding
  }

  #wait(): void {
    this.#alarm = this.#options.clock.after(this.#options.everyMs, () => {
      this.#sweeping = this.sweep().catch((error: unknown) =>
        this.#options.logger.warn({ err: error }, 'a sweep of the payments was cut short'),
      )
      void this.#sweeping.then(() => this.#stopped || this.#wait())
    })
  }
}
