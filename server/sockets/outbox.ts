import type { Pushes } from '../contract/pushes.ts'
import type { PushTally } from '../metrics/pushes.ts'

/** Packets that the transport may hold before pushes wait here. */
const BUSY_PACKETS = 64
/** Different things that may wait for one socket: who is this far behind is better off with a new sync. */
const MOST_WAITING = 1_000

type Name = keyof Pushes
type Waiting = { readonly name: Name; readonly payload: unknown }

export interface OutboxOptions {
  readonly send: (name: Name, payload: unknown) => void
  /** Packets that the transport has not taken yet. */
  readonly backlog: () => number
  /** Too much waits, even so: the socket must go. */
  readonly overflow: () => void
  /** Hears what became of each push. */
  readonly tally: Pick<PushTally, 'sent' | 'conflated' | 'dropped'>
}

/**
 * What one socket is to be told, while its line is slow.
 * O1. Who keeps up is told everything, at once and in order.
 * O2. Who does not is told the newest of each thing: an order's older view is replaced by its newer one, where it stood in the line.
 * O3. Where a rider is goes first when it is too much, then the socket: nothing else is ever left out.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #waiting = new Map<string, Waiting>()
  #unique = 0

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get waiting(): number {
    return this.#waiting.size
  }

  push(name: Name, payload: unknown): void {
    if (this.#waiting.size === 0 && this.#options.backlog() < BUSY_PACKETS) {
      this.#send(name, payload) // O1
      return
    }
    if (name === 'sync') this.#forget('conflated') // it tells all that waited
    const key = this.#keyOf(name, payload)
    if (this.#waiting.has(key)) this.#options.tally.conflated(name)
    this.#waiting.set(key, { name, payload }) // O2
    if (this.#waiting.size > MOST_WAITING) this.#makeRoom()
  }

  /** The transport has taken packets: there may be room for more. */
  drained(): void {
    for (const [key, { name, payload }] of this.#waiting) {
      if (this.#options.backlog() >= BUSY_PACKETS) return
      this.#waiting.delete(key)
      this.#send(name, payload)
    }
  }

  /** O3 */
  #makeRoom(): void {
    for (const [key, { name }] of this.#waiting) {
      if (name !== 'rider:location') continue
      this.#waiting.delete(key)
      this.#options.tally.dropped(name)
    }
    if (this.#waiting.size <= MOST_WAITING) return
    this.#forget('dropped')
    this.#options.overflow()
  }

  #send(name: Name, payload: unknown): void {
    this.#options.send(name, payload)
    this.#options.tally.sent(name)
  }

  #forget(as: 'conflated' | 'dropped'): void {
    for (const { name } of this.#waiting.values()) this.#options.tally[as](name)
    this.#waiting.clear()
  }

  #keyOf(name: Name, payload: unknown): string {
    const { id, orderId, name: named } = payload as { readonly id?: string; readonly orderId?: string; readonly name?: string }
    switch (name) {
      case 'order':
        return `order ${id}`
      case 'delivery':
      case 'delivery:gone':
        return `delivery ${orderId}`
      case 'rider:location':
      case 'rider:hidden':
        return `place ${orderId}`
      case 'payment:ticket':
        return `ticket ${orderId}`
      case 'breaker':
        return `breaker ${named}`
      default:
        return `${name} ${this.#unique++}`
    }
  }
}
