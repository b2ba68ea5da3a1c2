import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Address } from '../address.ts'
import type { Appended, Entry, Log, Stored, Subscription, Work } from '../log.ts'
import type { ActorRecord } from '../record.ts'
import { evtOf, matches } from '../subjects.ts'
import { append } from './append.ts'
import { consume } from './consume.ts'
import { allOf, followOf, lastOf, newestOf } from './read.ts'
import type { StreamDeclaration } from './streams.ts'

const asList = (subjects: string | readonly string[]): readonly string[] => (typeof subjects === 'string' ? [subjects] : subjects)

/** The log on JetStream. */
export class NatsLog implements Log {
  readonly #nc: NatsConnection
  readonly #js: JetStreamClient
  readonly #jsm: JetStreamManager
  readonly #streams: readonly StreamDeclaration[]

  constructor(nc: NatsConnection, js: JetStreamClient, jsm: JetStreamManager, streams: readonly StreamDeclaration[]) {
    this.#nc = nc
    this.#js = js
    this.#jsm = jsm
    this.#streams = streams
  }

  latest(address: Address): Promise<Stored<ActorRecord> | undefined> {
    const subject = evtOf(address)
    return lastOf<ActorRecord>(this.#jsm, this.#streamOf(subject), subject)
  }

  history(address: Address): Promise<Stored<ActorRecord>[]> {
    const subject = evtOf(address)
    return allOf<ActorRecord>(this.#jsm, this.#streamOf(subject), subject)
  }

  async *newest<T>(subjects: string | readonly string[]): AsyncIterable<Stored<T>> {
    const byStream = Map.groupBy(asList(subjects), subject => this.#streamOf(subject))
    for (const [stream, patterns] of byStream) yield* newestOf<T>(this.#jsm, this.#js, stream, patterns)
  }

  append(entries: readonly Entry[]): Promise<Appended> {
    return append(this.#nc, entries)
  }

  async put(subject: string, body: unknown): Promise<void> {
    await this.#js.publish(subject, JSON.stringify(body))
  }

  async live<T>(subjects: string | readonly string[], handler: (message: Stored<T>) => void): Promise<Subscription> {
    const subscriptions = asList(subjects).map(subject =>
      this.#nc.subscribe(`live.${subject}`, {
        callback: (error, message) => {
          const sequence = message.headers?.get('Nats-Sequence')
          if (error || !sequence) return
          const at = message.headers?.get('Nats-Time-Stamp') ?? ''
          handler({ subject: message.subject.slice('live.'.length), seq: Number(sequence), at, body: message.json<T>() })
        },
      }),
    )
    // Only when the server has seen the subscription is nothing missed from here on.
    await this.#nc.flush()
    return {
      stop: async () => {
        for (const subscription of subscriptions) subscription.unsubscribe()
      },
    }
  }

  consume<T>(work: Work<T>): Promise<Subscription> {
    return consume(this.#jsm, this.#js, work)
  }

  follow<T>(stream: string, subjects: readonly string[], afterSeq: number, signal: AbortSignal): AsyncIterable<readonly Stored<T>[]> {
    return followOf<T>(this.#js, stream, subjects, afterSeq, signal)
  }

  async end(stream: string): Promise<number> {
    return (await this.#jsm.streams.info(stream)).state.last_seq
  }

  #streamOf(subject: string): string {
    const found = this.#streams.find(({ subjects }) => subjects.some(pattern => matches(pattern, subject)))
    if (!found) throw new Error(`no stream takes the subject ${subject}`)
    return found.name
  }
}
