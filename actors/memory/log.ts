import { type Address, formatAddress } from '../address.ts'
import { type Alarm, type Clock, isoOf } from '../clock.ts'
import type { Appended, Backlog, Entry, Followed, Log, Message, Stored, Subscription, Work } from '../log.ts'
import type { ActorRecord } from '../record.ts'
import { matches } from '../subjects.ts'
import { along, type Trace } from '../tracing.ts'
import { MemoryConsumer } from './consumer.ts'

export interface MemoryLogOptions {
  readonly clock: Clock
  readonly streams: readonly { readonly name: string; readonly subjects: readonly string[]; readonly retention?: unknown }[]
}

interface Stream {
  readonly subjects: readonly string[]
  /** Whatever was ever written: a message's place is its sequence. */
  readonly messages: Stored<unknown>[]
  /** What a work queue has let go of. */
  readonly gone: Set<Stored<unknown>>
  readonly workQueue: boolean
}

const asList = (subjects: string | readonly string[]): readonly string[] => (typeof subjects === 'string' ? [subjects] : subjects)
const wants = (patterns: readonly string[], subject: string): boolean => patterns.some(pattern => matches(pattern, subject))

const followed = <T>(message: Stored<unknown>): Followed<T> => ({ ...(message as Stored<T>), text: JSON.stringify(message.body) })

/** The log in memory, with the same guards, batches and schedules (L1, L2, L4); L3 is the one promise it cannot keep. */
export class MemoryLog implements Log {
  readonly #clock: Clock
  readonly #streams = new Map<string, Stream>()
  readonly #last = new Map<string, Stored<unknown>>()
  readonly #records = new Map<string, Stored<ActorRecord>[]>()
  readonly #schedules = new Map<string, Alarm>()
  readonly #listeners = new Set<{ readonly subjects: readonly string[]; readonly handler: (message: Stored<never>) => void }>()
  readonly #consumers = new Map<string, MemoryConsumer>()
  #wake: (() => void)[] = []

  constructor({ clock, streams }: MemoryLogOptions) {
    this.#clock = clock
    for (const { name, subjects, retention } of streams)
      this.#streams.set(name, { subjects, messages: [], gone: new Set(), workQueue: retention === 'workqueue' })
  }

  async latest(address: Address): Promise<Stored<ActorRecord> | undefined> {
    return this.#history(address).at(-1)
  }

  async history(address: Address): Promise<Stored<ActorRecord>[]> {
    return [...this.#history(address)]
  }

  #history(address: Address): Stored<ActorRecord>[] {
    return this.#records.get(formatAddress(address)) ?? []
  }

  async *newest<T>(subjects: string | readonly string[]): AsyncIterable<Stored<T>> {
    const found = [...this.#last.values()].filter(({ subject }) => wants(asList(subjects), subject))
    yield* found.sort((a, b) => a.seq - b.seq) as Stored<T>[]
  }

  async oldest<T>(subject: string): Promise<Stored<T> | undefined> {
    const { messages, gone } = this.#streamOf(subject)
    return messages.find(message => message.subject === subject && !gone.has(message)) as Stored<T> | undefined
  }

  async append(entries: readonly Entry[]): Promise<Appended> {
    const seen = new Set<string>()
    for (const { address, expectedSeq } of entries) {
      const key = formatAddress(address)
      // The batch is atomic, so only an actor's first record in it needs its guard.
      if (!seen.has(key) && (this.#history(address).at(-1)?.seq ?? 0) !== expectedSeq) return { kind: 'conflict' } // L2
      seen.add(key)
    }
    try {
      for (const entry of entries) this.#tryOut(entry)
    } catch (error) {
      return { kind: 'rejected', message: error instanceof Error ? error.message : String(error) }
    }
    const seqs = entries.map(entry => {
      const stored = this.#write(entry.subject, entry.record, entry) as Stored<ActorRecord>
      this.#records.set(formatAddress(entry.address), [...this.#history(entry.address), stored])
      for (const message of entry.messages) this.#writeMessage(message, entry)
      return stored.seq
    })
    return { kind: 'appended', seqs }
  }

  async put(subject: string, body: unknown, trace?: Trace): Promise<void> {
    this.#write(subject, body, trace === undefined ? {} : { trace })
  }

  async live<T>(subjects: string | readonly string[], handler: (message: Stored<T>) => void): Promise<Subscription> {
    const listener = { subjects: asList(subjects), handler: handler as (message: Stored<never>) => void }
    this.#listeners.add(listener)
    return { stop: async () => void this.#listeners.delete(listener) }
  }

  async consume<T>(work: Work<T>): Promise<Subscription> {
    const key = `${work.stream}/${work.durable}`
    const { messages, workQueue } = this.#named(work.stream)
    const settled = (message: Stored<unknown>) => (workQueue ? this.#letGo(message) : undefined)
    const consumer = this.#consumers.get(key) ?? new MemoryConsumer({ clock: this.#clock, messages, subjects: work.subjects, settled })
    this.#consumers.set(key, consumer)
    return consumer.join(work as Work<unknown>)
  }

  async *follow<T>(
    stream: string,
    subjects: readonly string[],
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncIterable<readonly Followed<T>[]> {
    const { messages } = this.#named(stream)
    for (let next = afterSeq; !signal.aborted; ) {
      const batch = messages.slice(next, next + 500)
      next += batch.length
      const wanted = batch.filter(({ subject }) => wants(subjects, subject)).map(followed<T>)
      if (wanted.length > 0) yield wanted
      if (batch.length > 0) continue
      await new Promise<void>(resolve => {
        this.#wake.push(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  async *between<T>(stream: string, subject: string, afterSeq: number, upToSeq: number): AsyncIterable<readonly Followed<T>[]> {
    const wanted = this.#named(stream)
      .messages.slice(afterSeq, upToSeq)
      .filter(message => matches(subject, message.subject))
    if (wanted.length > 0) yield wanted.map(followed<T>)
  }

  async first(stream: string): Promise<number> {
    this.#named(stream)
    return 1
  }

  async end(stream: string): Promise<number> {
    return this.#named(stream).messages.length
  }

  async backlog(stream: string, durable: string): Promise<Backlog> {
    const consumer = this.#consumers.get(`${stream}/${durable}`)
    if (!consumer) throw new Error(`no consumer ${durable} of ${stream}`)
    return { ...consumer.backlog(), endSeq: await this.end(stream) }
  }

  async backlogs(stream: string): Promise<ReadonlyMap<string, Backlog>> {
    const found = new Map<string, Backlog>()
    for (const [key, consumer] of this.#consumers) {
      const [of, durable = ''] = key.split('/')
      if (of === stream) found.set(durable, { ...consumer.backlog(), endSeq: await this.end(stream) })
    }
    return found
  }

  /** Whatever may fail about an entry, before anything is written (L1). @throws Error when no stream takes it or it is no JSON */
  #tryOut({ subject, record, messages }: Entry): void {
    this.#streamOf(subject)
    JSON.stringify(record)
    for (const message of messages) {
      this.#streamOf(message.subject)
      if (message.kind === 'timer') this.#streamOf(message.target)
      if (message.kind !== 'cancel') JSON.stringify(message.body)
    }
  }

  #writeMessage(message: Message, traced: Pick<Entry, 'trace'>): void {
    switch (message.kind) {
      case 'fx':
      case 'out':
        this.#write(message.subject, message.body, traced)
        return
      case 'timer': {
        const ring = () => {
          this.#schedules.delete(message.subject)
          this.#write(message.target, message.body, traced)
        }
        this.#schedules.set(message.subject, this.#clock.after(Date.parse(message.at) - this.#clock.now(), ring))
        return
      }
      case 'cancel':
        this.#schedules.get(message.subject)?.cancel()
        this.#schedules.delete(message.subject)
    }
  }

  #write(subject: string, body: unknown, traced: Pick<Entry, 'trace'>): Stored<unknown> {
    const { messages } = this.#streamOf(subject)
    // A stored message is what JSON keeps of it: a reader must not see what the wire would lose.
    const kept = JSON.parse(JSON.stringify(body)) as unknown
    const message = { subject, seq: messages.length + 1, at: isoOf(this.#clock.now()), body: kept, ...along(traced) }
    messages.push(message)
    this.#last.set(subject, message)
    queueMicrotask(() => {
      for (const { subjects, handler } of this.#listeners) if (wants(subjects, subject)) handler(message as Stored<never>)
      for (const consumer of this.#consumers.values()) consumer.pump()
      for (const wake of this.#wake.splice(0)) wake()
    })
    return message
  }

  #letGo(message: Stored<unknown>): void {
    this.#streamOf(message.subject).gone.add(message)
    if (this.#last.get(message.subject) === message) this.#last.delete(message.subject)
  }

  #streamOf(subject: string): Stream {
    for (const stream of this.#streams.values()) {
      if (stream.subjects.some(pattern => matches(pattern, subject))) return stream
    }
    throw new Error(`no stream takes the subject ${subject}`)
  }

  #named(stream: string): Stream {
    const found = this.#streams.get(stream)
    if (!found) throw new Error(`no stream ${stream}`)
    return found
  }
}
