import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node'
import type { Trace } from '../tracing.ts'
import { tracedBy } from './headers.ts'

export type Answer = { readonly kind: 'answered'; readonly message: Msg } | { readonly kind: 'nobody' } | { readonly kind: 'silent' }

/**
 * Request and reply over one subscription, for callers by the thousand. The client's own `request` makes an error with its
 * stack for every request that succeeds, and throws it away: 15 % of a busy caller's time.
 * Q1. Every question gets exactly one answer, `silent` at the latest.
 */
export class Questions {
  readonly #nc: NatsConnection
  readonly #inbox: string
  readonly #open = new Map<string, (answer: Answer) => void>()
  #next = 0
  #listening = false

  /** @param prefix of our user's inboxes */
  constructor(nc: NatsConnection, prefix: string) {
    this.#nc = nc
    this.#inbox = createInbox(prefix)
  }

  ask(subject: string, body: string, timeoutMs: number, trace?: Trace): Promise<Answer> {
    this.#listen()
    const reply = `${this.#inbox}.${(this.#next++).toString(36)}`
    return new Promise(resolve => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer)
        this.#open.delete(reply)
        resolve(answer)
      }
      const timer = setTimeout(settle, timeoutMs, { kind: 'silent' }) // Q1
      this.#open.set(reply, settle)
      try {
        this.#nc.publish(subject, Buffer.from(body), trace === undefined ? { reply } : { reply, headers: tracedBy(trace) })
      } catch {
        settle({ kind: 'silent' }) // the connection is closing: nothing was sent
      }
    })
  }

  #listen(): void {
    if (this.#listening) return
    this.#listening = true
    this.#nc.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error) return
        // The server itself answers 503 when nobody listens on the subject.
        const nobody = message.data.length === 0 && message.headers?.code === 503
        this.#open.get(message.subject)?.(nobody ? { kind: 'nobody' } : { kind: 'answered', message })
      },
    })
  }
}
