import type { Asked, Backwards } from './evidence.ts'

/** What all clients asked and were told, in one place: nobody but the clients writes it. */
export class History {
  readonly asked: Asked[] = []
  readonly backwards: Backwards[] = []
  readonly orders = new Set<string>()
  /** The highest version that an answer has named, by order. */
  readonly #known = new Map<string, number>()
  readonly #onAcknowledged: (atMs: number) => void

  constructor(onAcknowledged: (atMs: number) => void) {
    this.#onAcknowledged = onAcknowledged
  }

  add(asked: Asked): void {
    this.asked.push(asked)
    this.orders.add(asked.orderId)
    if (asked.answer.kind !== 'moved') return
    this.learn(asked.orderId, asked.answer.version)
    this.#onAcknowledged(asked.answeredAt)
  }

  known(orderId: string): number {
    return this.#known.get(orderId) ?? 0
  }

  learn(orderId: string, version: number): void {
    if (version > this.known(orderId)) this.#known.set(orderId, version)
  }
}
