import type { Alarm, Clock } from '../../actors/clock.ts'
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
  /** Set while nobody holds it. */
  closing?: Alarm | undefined
}

export interface Lingering {
  readonly clock: Pick<Clock, 'after'>
  /** How long a subject stays open after its last holder, 1…600,000 ms: who comes back meanwhile finds it open. */
  readonly ms: number
}

/**
 * Subscriptions counted by reference, so that a thousand sockets that follow one store cost one subscription.
 * I1. A subject is open while somebody holds it, and no longer than it may linger after that.
 * I2. Every hold hears every message once.
 */
export class Interest<T> {
  readonly #open: Open<T>
  readonly #lingering: Lingering | undefined
  readonly #topics = new Map<string, Topic<T>>()

  constructor(open: Open<T>, lingering?: Lingering) {
    this.#open = open
    this.#lingering = lingering
  }

  /** Subjects held now, those that linger included. */
  get size(): number {
    return this.#topics.size
  }

  hold(subject: string, listener: (message: T) => void): Hold {
    const topic = this.#topics.get(subject) ?? this.#begin(subject)
    topic.closing?.cancel()
    topic.closing = undefined
    // A fresh function for each hold: the same listener may hold twice and leave once.
    const deliver = (message: T): void => listener(message)
    topic.deliver.add(deliver)
    const ready = topic.opening.then(() => undefined)
    // Whoever waits for `ready` hears of a failure; a holder that does not wait must not bring the process down.
    ready.catch(() => undefined)
    return {
      ready,
      release: () => {
        if (topic.deliver.delete(deliver) && topic.deliver.size === 0) this.#leave(subject, topic)
      },
    }
  }

  /** Ten thousand who are cut at once and come back would otherwise cost NATS as many farewells and greetings, while orders wait for it. */
  #leave(subject: string, topic: Topic<T>): void {
    const { clock, ms } = this.#lingering ?? {}
    if (clock && ms) topic.closing = clock.after(ms, () => this.#end(subject, topic))
    else this.#end(subject, topic)
  }

  #begin(subject: string): Topic<T> {
    const deliver = new Set<(message: T) => void>()
    const opening = this.#open(subject, message => {
      for (const each of [...deliver]) if (deliver.has(each)) each(message) // a listener may release another one
    })
    const topic: Topic<T> = { deliver, opening }
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
