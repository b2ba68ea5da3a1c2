import type { Address } from '../../actors/address.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { failsAs } from '../contract/errors.ts'
import type { Hold, Interest } from './interest.ts'
import { historyOf } from './log-reads.ts'
import { ordersOfCustomer } from './sync.ts'

/** Decided, or at least no longer a matter of a moment: an unknown payment is looked up until the provider knows. */
const isSettled = ({ body }: Stored<ActorRecord>): boolean => {
  const { order, payment } = orderRegions(body.state)
  return order !== 'paying' || payment === 'checking'
}

export interface WatchOptions {
  readonly log: Log
  /** What the pushes come by: a customer with a socket here is followed already. */
  readonly records: Interest<Stored<ActorRecord>>
  readonly address: Address
  /** The order's. */
  readonly customerId: string
}

/**
 * Waits for the payment of one order.
 * W1. Opened before the command is sent, so that no record after it is missed.
 * W2. All who wait for the same command get the same record: the first settled one after it, without a gap in between.
 */
export class PaymentWatch {
  readonly #log: Log
  readonly #address: Address
  readonly #hold: Hold
  readonly #seen = new Map<number, Stored<ActorRecord>>()
  #heard: () => void = () => {}

  private constructor({ log, records, address, customerId }: WatchOptions) {
    this.#log = log
    this.#address = address
    this.#hold = records.hold(ordersOfCustomer(customerId), record => {
      if (record.body.id === address.id) this.#hear(record)
    })
  }

  /** @throws ApiError LOG_UNAVAILABLE */
  static async open(options: WatchOptions): Promise<PaymentWatch> {
    const watch = new PaymentWatch(options)
    await watch.#hold.ready.catch(failsAs('LOG_UNAVAILABLE')) // W1
    return watch
  }

  /**
   * @param from the version that the command led to
   * @param repeated the command may be an old one, whose records are to be found in the history only
   * @returns the first settled record since then; after `waitMs` the newest there is; undefined when the log holds none
   */
  async settled(from: number, waitMs: number, repeated: boolean): Promise<Stored<ActorRecord> | undefined> {
    if (repeated) await this.#readHistory()
    const found = this.#firstSettled(from) ?? (await this.#next(from, waitMs))
    if (found) return found
    await this.#readHistory() // live messages may be lost: the log has the last word
    return this.#firstSettled(from) ?? this.#seen.get(Math.max(...this.#seen.keys()))
  }

  [Symbol.dispose](): void {
    this.#hold.release()
  }

  #firstSettled(from: number): Stored<ActorRecord> | undefined {
    for (let version = from; ; version++) {
      const record = this.#seen.get(version)
      if (!record || isSettled(record)) return record // W2
    }
  }

  #next(from: number, waitMs: number): Promise<Stored<ActorRecord> | undefined> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(undefined), waitMs)
      this.#heard = () => {
        const found = this.#firstSettled(from)
        if (!found) return
        clearTimeout(timer)
        resolve(found)
      }
    })
  }

  #hear(record: Stored<ActorRecord>): void {
    this.#seen.set(record.body.version, record)
    this.#heard()
  }

  async #readHistory(): Promise<void> {
    for (const record of await historyOf(this.#log, this.#address)) this.#hear(record)
  }
}
