/** Waiting work of one actor: bounded, in order, one at a time. */
export class Mailbox<T> {
  readonly #capacity: number
  readonly #handle: (item: T) => Promise<void>
  readonly #waiting: T[] = []
  #busy = false

  /** @param capacity 1…100,000 items may wait @param handle must not throw: it answers for its item */
  constructor(capacity: number, handle: (item: T) => Promise<void>) {
    this.#capacity = capacity
    this.#handle = handle
  }

  /** False when full: nothing was taken. */
  offer(item: T): boolean {
    if (this.#waiting.length >= this.#capacity) return false
    this.#waiting.push(item)
    if (!this.#busy) void this.#run()
    return true
  }

  /** Without the one in hand. */
  get waiting(): number {
    return this.#waiting.length
  }

  get idle(): boolean {
    return !this.#busy
  }

  async #run(): Promise<void> {
    this.#busy = true
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) await this.#handle(item)
    this.#busy = false
  }
}
