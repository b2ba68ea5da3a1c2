import type { Address } from './address.ts'
import type { ActorRecord } from './record.ts'
import type { Trace } from './tracing.ts'

/**
 * The port to the log, the only source of truth. Twins: `nats/log.ts` (JetStream) and `memory/log.ts` (tests, a clock
 * wound by hand). One contract suite runs on both: test/actors/log.contract.ts.
 *
 * L1. An entry is written whole or not at all, and so is a batch of entries.
 * L2. An entry is refused when the actor's last sequence is not the one its writer saw.
 * L3. What `append` acknowledged is on disk.
 * L4. A schedule is delivered at its instant or later, once, unless cancelled first.
 */
export interface Log {
  /** The actor's newest record: one read, and no acknowledged write is missing from it. */
  latest(address: Address): Promise<Stored<ActorRecord> | undefined>
  /** The actor's records, oldest first, as far back as the stream keeps them. */
  history(address: Address): Promise<Stored<ActorRecord>[]>
  /** The newest message of every subject that matches, in log order: the state of the world of one kind. */
  newest<T>(subjects: string | readonly string[]): AsyncIterable<Stored<T>>
  /** The oldest message of one subject that is still kept; in a work queue, the next to be done. */
  oldest<T>(subject: string): Promise<Stored<T> | undefined>
  append(entries: readonly Entry[]): Promise<Appended>
  /** Writes one plain message that no guard protects: dead letters, the inbox. @throws Error when it is not acknowledged */
  put(subject: string, body: unknown, trace?: Trace): Promise<void>
  /** What is written from now on: pushed at once, not redelivered, lost while away. */
  live<T>(subjects: string | readonly string[], handler: (message: Stored<T>) => void): Promise<Subscription>
  /** A durable consumer: work shared by all who name it; redelivered until settled. In a work queue `done` also removes the message. */
  consume<T>(work: Work<T>): Promise<Subscription>
  /** Every message after a position, in order, in batches; ends when `signal` fires. */
  follow<T>(stream: string, subjects: readonly string[], afterSeq: number, signal: AbortSignal): AsyncIterable<readonly Followed<T>[]>
  /** What is kept of a subject after one position up to another, in order, in batches; it ends. */
  between<T>(stream: string, subject: string, afterSeq: number, upToSeq: number): AsyncIterable<readonly Followed<T>[]>
  /** The sequence of the oldest message that the stream still keeps; of one that keeps none, the next that it will give. */
  first(stream: string): Promise<number>
  /** The stream's last sequence. */
  end(stream: string): Promise<number>
  /** How much of its work a consumer has not been handed yet. @throws Error when there is no such consumer */
  backlog(stream: string, durable: string): Promise<Backlog>
  /** The same of every durable consumer of a stream, by its name. */
  backlogs(stream: string): Promise<ReadonlyMap<string, Backlog>>
}

export interface Stored<T> {
  readonly subject: string
  readonly seq: number
  /** When the log took it, ISO 8601 UTC. */
  readonly at: string
  /** Undefined, whatever the type says, when `consume` or `follow` meet a message that is no JSON; other reads leave it out. */
  readonly body: T
  /** The span that it was written in, where that was traced; told by `consume` and `live`. */
  readonly trace?: Trace
}

/** As `follow` gives it. Its body and text are read when they are asked for: what a reader passes over costs it nothing. */
export interface Followed<T> extends Stored<T> {
  /** The body as it was written, letter by letter. */
  readonly text: string
}

/** One actor's transition with all that belongs to it. */
export interface Entry {
  readonly stream: string
  readonly address: Address
  /** The record's full subject. */
  readonly subject: string
  readonly record: ActorRecord
  /** The actor's last sequence as its writer saw it; 0: there is none yet. */
  readonly expectedSeq: number
  readonly messages: readonly Message[]
  /** The span that writes it, where it is traced: told to all who hear of the record or of its messages. */
  readonly trace?: Trace
}

export type Message =
  | { readonly kind: 'fx' | 'out'; readonly subject: string; readonly body: unknown; readonly ttlS?: number }
  | { readonly kind: 'timer'; readonly subject: string; readonly target: string; readonly at: string; readonly body: unknown }
  | { readonly kind: 'cancel'; readonly subject: string }

/**
 * `conflict`: a guard failed, nothing was written. `rejected`: the log does not take it, for another reason; nothing was written.
 * `unknown`: no answer came; only a read can tell.
 */
export type Appended =
  | { readonly kind: 'appended'; readonly seqs: readonly number[] }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'rejected'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }

export interface Subscription {
  /** Stops deliveries and waits for the handlers in hand. */
  stop(): Promise<void>
}

export interface Backlog {
  /** Messages that have never been handed out. */
  readonly pending: number
  /** Handed out, and not settled yet. */
  readonly inHand: number
  /** The newest that has been handed out. */
  readonly deliveredSeq: number
  /** The stream's last sequence. */
  readonly endSeq: number
}

/** What one server can read of a stream's records. */
export interface Copy {
  readonly server: string
  /** The sequence that the first sum is of. */
  readonly first: number
  /** A checksum of each record, by sequence; 0: there is none, or this server cannot read it. */
  readonly sums: Uint32Array
}

/** How many messages may be in hand at once, where that changes with the times. */
export interface Capacity {
  /** 0…1000. */
  now(): number
  /** Settles when it has changed. */
  changed(): Promise<void>
}

export interface Work<T> {
  readonly stream: string
  /** The consumer's name, kept by the log: `payments-confirm`. */
  readonly durable: string
  readonly subjects: readonly string[]
  /** Messages in hand at once, 1…1000. One that shrinks takes nothing back: it is what may be fetched. */
  readonly concurrency: number | Capacity
  /** Redelivered when a worker is silent for this long. A handler at work is kept alive by the twin. */
  readonly ackWaitMs: number
  handler(message: Stored<T>, attempt: number): Promise<Settled>
}
/** `attempt` counts from 1. A handler that throws is retried after 1 s. */
export type Settled = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly afterMs: number }
