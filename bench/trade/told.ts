import type { OrderView } from '../../server/contract/order-view.ts'
import { Histogram } from '../histogram.ts'

export type Party = 'customer' | 'store' | 'rider'
type Status = OrderView['status']

const FROM_PLACED: readonly Status[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed']
/** What each must be told by a push of his own, whatever he did himself. */
const MUST_HEAR: Readonly<Record<Party, readonly Status[]>> = {
  customer: ['paying', ...FROM_PLACED],
  store: FROM_PLACED,
  rider: ['picked', 'delivered', 'confirmed'],
}
const PARTIES = Object.keys(MUST_HEAR) as readonly Party[]

/** Of how many orders that something is missing for the details are kept. */
const EXAMPLES = 5

/** One order's pushes, as its three parties heard them. */
class Heard {
  readonly statuses: Readonly<Record<Party, Set<Status>>> = { customer: new Set(), store: new Set(), rider: new Set() }
  readonly waiting = new Map<string, () => void>()

  get missing(): string[] {
    return PARTIES.flatMap(party =>
      MUST_HEAR[party].filter(status => !this.statuses[party].has(status)).map(status => `${party} ${status}`),
    )
  }
}

/** Keeps account of who was told what. */
export class Told {
  /** From the host's decision to the client's ear. One machine, one clock. */
  readonly pushMs = new Histogram()
  readonly #orders = new Map<string, Heard>()
  /** Lived to the end; something was still on its way then. */
  readonly #ended = new Set<string>()
  #pushes = 0

  get pushes(): number {
    return this.#pushes
  }

  /** An order begins to be followed: before it is placed, or its first push might come too early. */
  follow(orderId: string): void {
    this.#orders.set(orderId, new Heard())
  }

  hear(party: Party, { id, status, updatedAt }: OrderView): void {
    this.#pushes++
    this.pushMs.add(Date.now() - Date.parse(updatedAt))
    const heard = this.#orders.get(id)
    if (!heard) return
    heard.statuses[party].add(status)
    heard.waiting.get(`${party} ${status}`)?.()
    if (this.#ended.has(id) && heard.missing.length === 0) this.#forget(id)
  }

  /** Counts a push that is no order's state. */
  count(): void {
    this.#pushes++
  }

  /** Waits until a party was told. @throws Error when it was not within `withinMs` */
  async until(orderId: string, party: Party, status: Status, withinMs: number): Promise<void> {
    const heard = this.#orders.get(orderId)
    if (!heard || heard.statuses[party].has(status)) return
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${party} was not told ${status}`)), withinMs)
      heard.waiting.set(`${party} ${status}`, () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** The order has come to its end, and everyone must have been told, now or in a moment. */
  end(orderId: string): void {
    if (this.#orders.get(orderId)?.missing.length === 0) this.#forget(orderId)
    else this.#ended.add(orderId)
  }

  /** The order has failed; what is told of it is nobody's business here. */
  forget(orderId: string): void {
    this.#forget(orderId)
  }

  /** Pushes that are missing of orders that have ended, and some examples. */
  get missing(): { readonly count: number; readonly examples: readonly string[] } {
    const each = [...this.#ended].map(id => ({ id, missing: this.#orders.get(id)?.missing ?? [] }))
    return {
      count: each.reduce((sum, { missing }) => sum + missing.length, 0),
      examples: each.slice(0, EXAMPLES).map(({ id, missing }) => `${id}: ${missing.join(', ')}`),
    }
  }

  #forget(orderId: string): void {
    this.#orders.delete(orderId)
    this.#ended.delete(orderId)
  }
}
