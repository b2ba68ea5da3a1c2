import type { OpenDelivery } from '../../server/contract/pushes.ts'

export interface Offer extends OpenDelivery {
  /** When it came on this board, by the server's clock, ms. */
  readonly heardMs: number
}

/**
 * The open deliveries near, as the server tells them, nearest first.
 * B1. A `sync` says all there is: what it does not mention is gone.
 * B2. What is gone, or was lost to another, does not come back but by being told anew.
 * B3. A listing (`GET /api/deliveries`) measures what is shown from where the rider is now, and drops what has ended or was left behind; it adds
 *     nothing, for the server announces the end only of what it has announced. What was told after the listing was asked for stays.
 */
export class Board {
  readonly #offers = new Map<string, Offer>()
  readonly #listeners = new Set<() => void>()
  #nearest: readonly Offer[] = []

  /** A new array whenever something in it has changed. */
  get nearest(): readonly Offer[] {
    return this.#nearest
  }

  /** Called after any change. @returns a function that ends it */
  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @returns those that were not shown before. B1 */
  sync(deliveries: readonly OpenDelivery[], nowMs: number): readonly Offer[] {
    const before = new Map(this.#offers)
    this.#offers.clear()
    for (const delivery of deliveries)
      this.#offers.set(delivery.orderId, { ...delivery, heardMs: before.get(delivery.orderId)?.heardMs ?? nowMs })
    this.#changed()
    return this.#nearest.filter(({ orderId }) => !before.has(orderId))
  }

  /** @returns whether it was not shown before */
  add(delivery: OpenDelivery, nowMs: number): boolean {
    const shown = this.#offers.get(delivery.orderId)
    this.#offers.set(delivery.orderId, { ...delivery, heardMs: shown?.heardMs ?? nowMs })
    this.#changed()
    return shown === undefined
  }

  remove(orderId: string): void {
    if (this.#offers.delete(orderId)) this.#changed()
  }

  /** B3 @param askedMs when the listing was asked for */
  measure(listing: readonly OpenDelivery[], askedMs: number): void {
    const open = new Map(listing.map(delivery => [delivery.orderId, delivery]))
    for (const [orderId, { heardMs }] of this.#offers) {
      const measured = open.get(orderId)
      if (measured) this.#offers.set(orderId, { ...measured, heardMs })
      else if (heardMs < askedMs) this.#offers.delete(orderId)
    }
    this.#changed()
  }

  /** Whoever does not work sees nothing. */
  clear(): void {
    if (this.#offers.size === 0) return
    this.#offers.clear()
    this.#changed()
  }

  #changed(): void {
    this.#nearest = [...this.#offers.values()].sort((a, b) => a.distanceM - b.distanceM || (a.cookedAt < b.cookedAt ? -1 : 1))
    for (const listener of this.#listeners) listener()
  }
}
