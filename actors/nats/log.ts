import type { ConsumerInfo, JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Address } from '../address.ts'
import type { StreamFigures, WorkFigures } from '../figures.ts'
import type { Appended, Backlog, Copy, Entry, Followed, Log, Stored, Subscription, Work } from '../log.ts'
import type { ActorRecord } from '../record.ts'
import { Shared } from '../shared.ts'
import { evtOf, matches } from '../subjects.ts'
import type { Trace } from '../tracing.ts'
import { append } from './append.ts'
import { type Consuming, consume } from './consume.ts'
import { copiesOf } from './copies.ts'
import type { Direct } from './direct.ts'
import { tracedBy } from './headers.ts'
import { Heard } from './heard.ts'
import { tell } from './json.ts'
import { allOf, betweenOf, followOf, lastOfLeader, newestOf, newestOfReplicas } from './read.ts'
import type { StreamDeclaration } from './streams.ts'

/** In a crowd of subscribers. */
const FLUSH_PACE_MS = 5

const asList = (subjects: string | readonly string[]): readonly string[] => (typeof subjects === 'string' ? [subjects] : subjects)

/** The log on JetStream. */
export class NatsLog implements Log {
  readonly #nc: NatsConnection
  readonly #js: JetStreamClient
  readonly #jsm: JetStreamManager
  readonly #streams: readonly StreamDeclaration[]
  readonly #direct: Direct
  readonly #heard = new Heard()
  readonly #consuming = new Set<Consuming>()
  /** Ten thousand sockets that come back at once subscribe twice each: one round trip serves all who wait for it. */
  readonly #flushed: Shared<void>

  constructor(nc: NatsConnection, direct: Direct, js: JetStreamClient, jsm: JetStreamManager, streams: readonly StreamDeclaration[]) {
    this.#nc = nc
    this.#direct = direct
    this.#js = js
    this.#jsm = jsm
    this.#streams = streams
    this.#flushed = new Shared(() => nc.flush(), FLUSH_PACE_MS)
  }

  latest(address: Address): Promise<Stored<ActorRecord> | undefined> {
    const subject = evtOf(address)
    const { name, num_replicas: replicas = 1 } = this.#declarationOf(subject)
    // A replica that lags would let a worker drop an effect as no longer awaited, and an actor refuse what it should do.
    return replicas === 1 ? this.#direct.last(name, subject) : lastOfLeader(this.#jsm, name, subject)
  }

  history(address: Address): Promise<Stored<ActorRecord>[]> {
    const subject = evtOf(address)
    return allOf<ActorRecord>(this.#jsm, this.#streamOf(subject), subject)
  }

  async *newest<T>(subjects: string | readonly string[]): AsyncIterable<Stored<T>> {
    const byStream = Map.groupBy(asList(subjects), subject => this.#declarationOf(subject))
    for (const [{ name, num_replicas: replicas = 1 }, patterns] of byStream)
      yield* (replicas === 1 ? newestOf : newestOfReplicas)<T>(this.#jsm, this.#js, name, patterns)
  }

  oldest<T>(subject: string): Promise<Stored<T> | undefined> {
    return this.#direct.first<T>(this.#streamOf(subject), subject)
  }

  append(entries: readonly Entry[]): Promise<Appended> {
    return append(this.#nc, entries)
  }

  async put(subject: string, body: unknown, trace?: Trace): Promise<void> {
    await this.#js.publish(subject, JSON.stringify(body), trace === undefined ? {} : { headers: tracedBy(trace) })
  }

  async live<T>(subjects: string | readonly string[], handler: (message: Stored<T>) => void): Promise<Subscription> {
    const subscriptions = asList(subjects).map(subject =>
      this.#nc.subscribe(`live.${subject}`, {
        callback: (error, message) => {
          const stored = error ? undefined : this.#heard.read<T>(message)
          if (stored) tell(stored, handler)
        },
      }),
    )
    // Only when the server has seen the subscription is nothing missed from here on.
    await this.#flushed.ask()
    return {
      stop: async () => {
        for (const subscription of subscriptions) subscription.unsubscribe()
      },
    }
  }

  async consume<T>(work: Work<T>): Promise<Subscription> {
    const consuming = await consume(this.#jsm, this.#js, work)
    this.#consuming.add(consuming)
    return {
      stop: async () => {
        await consuming.stop()
        this.#consuming.delete(consuming)
      },
    }
  }

  /** Of every consumer whose work this process shares. */
  get work(): readonly WorkFigures[] {
    return [...this.#consuming].map(consuming => consuming.figures())
  }

  /** Of every declared stream. @throws Error when the server does not answer */
  fullness(): Promise<readonly StreamFigures[]> {
    return Promise.all(
      this.#streams.map(async ({ name: stream }) => {
        const { messages, bytes } = (await this.#jsm.streams.info(stream)).state
        return { stream, messages, bytes }
      }),
    )
  }

  /** A stream's records up to a sequence as each of its servers has them; of a stream that one server keeps, none. */
  async copies(stream: string, upTo: number): Promise<readonly Copy[]> {
    return copiesOf(this.#js, this.#jsm, stream, await this.first(stream), upTo)
  }

  follow<T>(stream: string, subjects: readonly string[], afterSeq: number, signal: AbortSignal): AsyncIterable<readonly Followed<T>[]> {
    return followOf<T>(this.#js, stream, subjects, afterSeq, signal)
  }

  between<T>(stream: string, subject: string, afterSeq: number, upToSeq: number): AsyncIterable<readonly Followed<T>[]> {
    return betweenOf<T>(this.#jsm, stream, subject, afterSeq, upToSeq)
  }

  async first(stream: string): Promise<number> {
    return Math.max(1, (await this.#jsm.streams.info(stream)).state.first_seq)
  }

  async end(stream: string): Promise<number> {
    return (await this.#jsm.streams.info(stream)).state.last_seq
  }

  async backlog(stream: string, durable: string): Promise<Backlog> {
    const [consumer, endSeq] = await Promise.all([this.#jsm.consumers.info(stream, durable), this.end(stream)])
    return backlogOf(consumer, endSeq)
  }

  async backlogs(stream: string): Promise<ReadonlyMap<string, Backlog>> {
    const endSeq = await this.end(stream)
    const found = new Map<string, Backlog>()
    for await (const consumer of this.#jsm.consumers.list(stream)) {
      const { durable_name: durable } = consumer.config
      if (durable !== undefined) found.set(durable, backlogOf(consumer, endSeq))
    }
    return found
  }

  #streamOf(subject: string): string {
    return this.#declarationOf(subject).name
  }

  #declarationOf(subject: string): StreamDeclaration {
    const found = this.#streams.find(({ subjects }) => subjects.some(pattern => matches(pattern, subject)))
    if (!found) throw new Error(`no stream takes the subject ${subject}`)
    return found
  }
}

const backlogOf = ({ num_pending: pending, num_ack_pending: inHand, delivered }: ConsumerInfo, endSeq: number): Backlog => ({
  pending,
  inHand,
  deliveredSeq: delivered.stream_seq,
  endSeq,
})
