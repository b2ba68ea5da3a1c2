import type { Subscription } from '../../actors/log.ts'

/** Opens what feeds a subject: `log.live`, or the hearing of positions. */
export type Open<T> = (subject: string, deliver: (message: T) => void) => Promise<Subscription>

export interface Hold {
  /** Settled once messages flow; read the present only after it. Rejects when the subject could not be opened. */
  readonly ready: Promise<void>
  /** Nothing is delivered any more once this returns. Twice is once. */
  release(): void
}

interface Topic<T> {
  readonly deliver: Set<(message: T) => void>
  readonly opening: Promise<Subscription>
}

/**
 * Subscriptions counted by reference, so that a thousand sockets that follow one store cost one subscription.
 * I1. A subject is open while, and only while, somebody holds it.
 * I2. Every hold hears every message once.
 */
export class Interest<T> {
  readonly #open: Open<T>
  readonly #topics = new Map<string, Topic<T>>()

  constructor(open: Open<T>) {
    this.#open = open
  }

  /** Subjects held now. */
  get size(): number {
    return this.#topics.size
  }

  hold(subject: string, listener: (message: T) => void): Hold {
    const topic = this.#topics.get(subject) ?? this.#begin(subject)
    // A fresh function for each hold: the same listener may hold twice and leave once.
    const deliver = (message: T): void => listener(message)
    topic.deliver.add(deliver)
    const ready = topic.opening.then(() => undefined)
    // Whoever waits for `ready` hears of a failure; a holder that does not wait must not bring the process down.
    ready.catch(() => undefined)
    return {
      ready,
      release: () => {
        if (topic.deliver.delete(deliver) && topic.deliver.size === 0) this.#end(subject, topic)
      },
    }
  }

  #begin(subject: string): Topic<T> {
    const deliver = new Set<(message: T) => void>()
    const opening = this.#open(subject, message => {
      for (const each of [...deliver]) if (deliver.has(each)) each(message) // a listener may release another one
    })
    const topic = { deliver, opening }
    this.#topics.set(subject, topic)
    opening.catch(() => this.#forget(subject, topic)) // the next holder tries anew
    return topic
  }

  /** Forgotten at once: whoever holds while the old one closes opens a new one, and neither hears the other's messages. */
  #end(subject: string, topic: Topic<T>): void {
    this.#forget(subject, topic)
    topic.opening.then(subscription => subscription.stop()).catch(() => undefined) // never opened, or the connection is gone
  }

  #forget(subject: string, topic: Topic<T>): void {
    if (this.#topics.get(subject) === topic) this.#topics.delete(subject)
  }
}
