import type { Clock } from '../clock.ts'
import type { Backlog, Settled, Stored, Subscription, Work } from '../log.ts'
import { matches } from '../subjects.ts'

export interface MemoryConsumerOptions {
  readonly clock: Clock
  /** The whole stream; it grows. */
  readonly messages: readonly Stored<unknown>[]
  readonly subjects: readonly string[]
  /** Hears of each message that is done. */
  readonly settled: (message: Stored<unknown>) => void
}

const limitOf = ({ work: { concurrency } }: Worker): number => (typeof concurrency === 'number' ? concurrency : concurrency.now())

interface Worker {
  readonly work: Work<unknown>
  readonly inHand: Set<Promise<void>>
}

/** A durable consumer: its place in the stream stays while workers come and go. */
export class MemoryConsumer {
  readonly #options: MemoryConsumerOptions
  readonly #again: { readonly message: Stored<unknown>; readonly attempt: number }[] = []
  readonly #workers = new Set<Worker>()
  #next = 0
  #unsettled = 0

  constructor(options: MemoryConsumerOptions) {
    this.#options = options
  }

  join(work: Work<unknown>): Subscription {
    const worker = { work, inHand: new Set<Promise<void>>() }
    this.#workers.add(worker)
    void this.#followCapacity(worker)
    queueMicrotask(() => this.pump())
    return {
      stop: async () => {
        this.#workers.delete(worker)
        await Promise.all(worker.inHand)
      },
    }
  }

  /** Hands out whatever waits to whoever has a hand free. */
  pump(): void {
    for (const worker of this.#workers) {
      while (worker.inHand.size < limitOf(worker)) {
        const delivery = this.#take()
        if (!delivery) return
        const done: Promise<void> = this.#deliver(worker, delivery.message, delivery.attempt).finally(() => {
          worker.inHand.delete(done)
          this.pump()
        })
        worker.inHand.add(done)
      }
    }
  }

  /** Never handed out, handed out and not settled, and the newest that was handed out. */
  backlog(): Omit<Backlog, 'endSeq'> {
    const { messages, subjects } = this.#options
    const mine = (some: readonly Stored<unknown>[]) => some.filter(({ subject }) => subjects.some(pattern => matches(pattern, subject)))
    return {
      pending: mine(messages.slice(this.#next)).length,
      inHand: this.#unsettled,
      deliveredSeq: mine(messages.slice(0, this.#next)).at(-1)?.seq ?? 0,
    }
  }

  async #followCapacity(worker: Worker): Promise<void> {
    const { concurrency } = worker.work
    while (typeof concurrency !== 'number' && this.#workers.has(worker)) {
      await concurrency.changed()
      this.pump()
    }
  }

  #take() {
    const again = this.#again.shift()
    if (again) return again
    const { messages, subjects } = this.#options
    while (this.#next < messages.length) {
      const message = messages[this.#next++]
      if (!message || !subjects.some(pattern => matches(pattern, message.subject))) continue
      this.#unsettled++
      return { message, attempt: 1 }
    }
    return undefined
  }

  async #deliver(worker: Worker, message: Stored<unknown>, attempt: number): Promise<void> {
    const settled = await worker.work.handler(message, attempt).catch((): Settled => ({ kind: 'retry', afterMs: 1_000 }))
    if (settled.kind === 'done') {
      this.#unsettled--
      return this.#options.settled(message)
    }
    this.#options.clock.after(settled.afterMs, () => {
      this.#again.push({ message, attempt: attempt + 1 })
      this.pump()
    })
  }
}
