import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream'
import type { Msg } from '@nats-io/transport-node'
import { isoOf } from '../clock.ts'
import type { WorkFigures } from '../figures.ts'
import type { Settled, Stored, Subscription, Work } from '../log.ts'
import { headersOf, traceIn } from './headers.ts'
import { jsonOf } from './json.ts'
import { patiently } from './patience.ts'

const NS_PER_MS = 1_000_000
/** JetStream's code for a consumer of that name with another configuration. */
const EXISTS_OTHERWISE = 10148
/**
 * A pull stays open this long when nothing comes; stopping waits for no pull, it closes it. A pull that went down with its
 * server is noticed by its missing heartbeats within the same time, so this is also how long work may rest after a restart.
 */
const PULL_MS = 2_000

export interface Consuming extends Subscription {
  figures(): WorkFigures
}

/** Shares a durable consumer's work: never more than `concurrency` in hand, so a slow handler holds nobody else's messages. */
export const consume = async <T>(jsm: JetStreamManager, js: JetStreamClient, work: Work<T>): Promise<Consuming> => {
  await patiently(() => declare(jsm, work))
  const consumer = await patiently(() => js.consumers.get(work.stream, work.durable))
  const worker = new PullWorker(consumer, work)
  return { stop: () => worker.stop(), figures: () => worker.figures }
}

/** Waiting for more room than one message needs, at most. */
const ROOM_MS = 5

/** Makes the consumer, or brings one of an earlier release or setting to this declaration; its place in the stream stays. */
const declare = async <T>(jsm: JetStreamManager, work: Work<T>): Promise<void> => {
  const declaration = {
    durable_name: work.durable,
    filter_subjects: [...work.subjects],
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: work.ackWaitMs * NS_PER_MS,
    max_ack_pending: 10_000,
  }
  try {
    await jsm.consumers.add(work.stream, declaration)
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== EXISTS_OTHERWISE) throw error
    await jsm.consumers.update(work.stream, work.durable, declaration)
  }
}

class PullWorker<T> {
  readonly #consumer: Consumer
  readonly #work: Work<T>
  readonly #inHand = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  readonly #stopped = once(this.#stopping.signal, 'abort')
  readonly #running: Promise<void>
  #done = 0
  #retried = 0
  #newestMs = 0

  constructor(consumer: Consumer, work: Work<T>) {
    this.#consumer = consumer
    this.#work = work
    this.#running = this.#run()
  }

  get figures(): WorkFigures {
    const { stream, durable } = this.#work
    return { stream, durable, inHand: this.#inHand.size, done: this.#done, retried: this.#retried, newestMs: this.#newestMs }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await Promise.all(this.#inHand)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const free = await this.#room()
      if (signal.aborted) return
      try {
        await this.#pull(free)
      } catch {
        // The server is away or restarts. Nothing is lost: what was not settled comes again.
        await pause(250, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** Room for half as many as it may hold, or, when that takes long, for any: one pull for each message would halve the pace. */
  async #room(): Promise<number> {
    const late = pause(ROOM_MS).then(() => 'late' as const)
    while (this.#inHand.size > this.#limit / 2) {
      const ended = await Promise.race([...this.#inHand, late])
      if (ended !== 'late') continue
      if (this.#inHand.size >= this.#limit) await Promise.race(this.#inHand)
      break
    }
    while (this.#inHand.size >= this.#limit && !this.#stopping.signal.aborted) await this.#moreRoom()
    return Math.max(1, this.#limit - this.#inHand.size)
  }

  get #limit(): number {
    const { concurrency } = this.#work
    return typeof concurrency === 'number' ? concurrency : concurrency.now()
  }

  /** A hand has come free, or more are allowed, or nobody wants any more. */
  #moreRoom(): Promise<unknown> {
    const { concurrency } = this.#work
    const changed = typeof concurrency === 'number' ? [] : [concurrency.changed()]
    return Promise.race([...this.#inHand, ...changed, this.#stopped])
  }

  async #pull(free: number): Promise<void> {
    const { signal } = this.#stopping
    const messages = await this.#consumer.fetch({ max_messages: free, expires: PULL_MS })
    const close = () => void messages.close()
    signal.addEventListener('abort', close, { once: true })
    if (signal.aborted) close() // while the pull was being opened
    try {
      for await (const message of messages) {
        if (signal.aborted) {
          message.nak() // all that has come already: what is merely forgotten waits for the ack deadline
          continue
        }
        const done: Promise<void> = this.#handle(message).finally(() => this.#inHand.delete(done))
        this.#inHand.add(done)
      }
    } finally {
      signal.removeEventListener('abort', close)
    }
  }

  async #handle(message: JsMsg): Promise<void> {
    this.#newestMs = Math.max(this.#newestMs, message.info.timestampNanos / NS_PER_MS)
    const alive = setInterval(() => message.working(), Math.max(100, this.#work.ackWaitMs / 3))
    try {
      const settled = await this.#settle(message)
      if (settled.kind === 'done') {
        this.#done++
        message.ack()
        return
      }
      this.#retried++
      message.nak(Math.round(settled.afterMs)) // the server takes whole nanoseconds, and for a fraction redelivers at once
    } finally {
      clearInterval(alive)
    }
  }

  async #settle(message: JsMsg): Promise<Settled> {
    try {
      const stored = { ...storedOf<T>(message), ...traceIn(headersOf(plainOf(message))) }
      return await this.#work.handler(stored, message.info.deliveryCount)
    } catch {
      return { kind: 'retry', afterMs: 1_000 }
    }
  }
}

export const storedOf = <T>(message: JsMsg): Stored<T> => ({
  subject: message.subject,
  seq: message.seq,
  at: isoOf(message.info.timestampNanos / NS_PER_MS),
  body: jsonOf<T>(message) as T,
})

/** JetStream's message is a cover around the plain one. Its type does not say so. */
const plainOf = (message: JsMsg & { readonly msg?: Msg }): Msg => message.msg ?? (message as unknown as Msg)
