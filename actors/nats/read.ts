import { setTimeout as pause } from 'node:timers/promises'
import {
  type ConsumerMessages,
  DeliverPolicy,
  type DirectLastFor,
  type JetStreamClient,
  JetStreamError,
  type JetStreamManager,
  type StoredMsg,
} from '@nats-io/jetstream'
import type { Followed, Stored } from '../log.ts'
import { matches } from '../subjects.ts'
import { storedOf } from './consume.ts'
import { FollowedMessage } from './followed.ts'
import { jsonOf } from './json.ts'

/** The server answers at most this many subjects in one direct get; more are read by a consumer. */
const DIRECT_SUBJECTS = 1_024
/** A reader in bulk pays its fsync once for all of them. */
const FOLLOW_BATCH = 1_000
/** The server drops a client that has more than 64 MB to come, and a menu may have half a megabyte: so much in one answer, so many on the way. */
const DIRECT_BYTES = 8 * 1024 * 1024
const NEWEST_WINDOW = 50
/** Messages in one answer of a history. */
const PAGE = 1_000
/** 5 s in all: a replica that was away for longer is still fetching what it missed. */
const CATCH_UP_TRIES = 50
const CATCH_UP_PAUSE_MS = 100
/** A last message that is gone belongs to a stream at rest, whose replicas are alike: an expired one, or none yet. */
const WITNESS_TRIES = 3

const plain = <T>(message: StoredMsg): Stored<T> => ({
  subject: message.subject,
  seq: message.seq,
  at: message.time.toISOString(),
  body: jsonOf<T>(message) as T,
})

const isJson = ({ body }: Stored<unknown>): boolean => body !== undefined

/** A subject's newest message from the stream's leader, who knows of every acknowledged write. */
export const lastOfLeader = async <T>(jsm: JetStreamManager, stream: string, subject: string): Promise<Stored<T> | undefined> => {
  const message = await jsm.streams.getMessage(stream, { last_by_subj: subject })
  return message ? plain<T>(message) : undefined
}

export const allOf = async <T>(jsm: JetStreamManager, stream: string, subject: string): Promise<Stored<T>[]> => {
  const found: Stored<T>[] = []
  try {
    for (let left = 1; left > 0; ) {
      left = 0
      const seq = (found.at(-1)?.seq ?? 0) + 1
      for await (const message of await jsm.direct.getBatch(stream, { seq, next_by_subj: subject, batch: PAGE })) {
        found.push(plain<T>(message))
        left = message.pending
      }
    }
  } catch (error) {
    if (!isNothing(error)) throw error
  }
  return found
}

/** The newest of each matching subject: in one question while they are few, by a consumer when they are many. */
export async function* newestOf<T>(
  jsm: JetStreamManager,
  js: JetStreamClient,
  stream: string,
  subjects: readonly string[],
): AsyncIterable<Stored<T>> {
  const few = await fewOf<T>(jsm, stream, subjects)
  if (few !== 'many') return yield* few.filter(isJson)
  const consumer = await js.consumers.get(stream, { filter_subjects: [...subjects], deliver_policy: DeliverPolicy.LastPerSubject })
  if ((await consumer.info()).num_pending === 0) return
  const messages = await consumer.consume({ max_messages: NEWEST_WINDOW })
  try {
    for await (const message of messages) {
      const stored = storedOf<T>(message)
      if (isJson(stored)) yield stored
      if (message.info.pending === 0) return
    }
  } finally {
    await messages.close()
  }
}

/**
 * The same from a replicated stream, where the server next to us answers as far as it has come. So the stream's last message,
 * as the leader knows it, is asked for along: an answer with this witness has all that was acknowledged before the question.
 * A server that is asked too early is asked again. @throws Error when it has not caught up within 5 s
 */
export async function* newestOfReplicas<T>(
  jsm: JetStreamManager,
  js: JetStreamClient,
  stream: string,
  subjects: readonly string[],
): AsyncIterable<Stored<T>> {
  for (let tries = 0; tries < CATCH_UP_TRIES; tries++) {
    const witness = await jsm.streams.getMessage(stream, { last_by_subj: '>' })
    if (witness) {
      const few = await fewOf<T>(jsm, stream, [...subjects, witness.subject])
      if (few === 'many') return yield* newestOf<T>(jsm, js, stream, subjects)
      if (few.some(({ subject, seq }) => subject === witness.subject && seq >= witness.seq))
        return yield* few.filter(stored => isJson(stored) && subjects.some(pattern => matches(pattern, stored.subject)))
    } else if (tries >= WITNESS_TRIES) return yield* newestOf<T>(jsm, js, stream, subjects)
    await pause(CATCH_UP_PAUSE_MS)
  }
  throw new Error(`no replica of ${stream} has caught up`)
}

/** All in one answer, or `many`. */
const fewOf = async <T>(jsm: JetStreamManager, stream: string, subjects: readonly string[]): Promise<readonly Stored<T>[] | 'many'> => {
  const few: Stored<T>[] = []
  try {
    const query: DirectLastFor = { multi_last: [...subjects], batch: DIRECT_SUBJECTS, max_bytes: DIRECT_BYTES }
    let left = 0
    for await (const message of await jsm.direct.getLastMessagesFor(stream, query)) {
      few.push(plain<T>(message))
      left = message.pending
    }
    // An answer that ends for its bytes says so only by what is left.
    return few.length < DIRECT_SUBJECTS && left <= 0 ? few : 'many'
  } catch (error) {
    if (isNothing(error)) return []
    if (error instanceof JetStreamError) return 'many' // 413: too many subjects for one answer
    throw error
  }
}

/** Pages of one answer each, so it needs no consumer that somebody would have to end. */
export async function* betweenOf<T>(
  jsm: JetStreamManager,
  stream: string,
  subject: string,
  afterSeq: number,
  upToSeq: number,
): AsyncIterable<readonly Followed<T>[]> {
  for (let seq = afterSeq + 1; seq <= upToSeq; ) {
    const page: FollowedMessage<T>[] = []
    try {
      for await (const message of await jsm.direct.getBatch(stream, { seq, next_by_subj: subject, batch: PAGE }))
        page.push(new FollowedMessage<T>(message))
    } catch (error) {
      if (!isNothing(error)) throw error
    }
    const last = page.at(-1)
    if (!last) return // a short page is not the last one: the server ends an answer that grows too large
    const wanted = page.filter(message => message.seq <= upToSeq)
    if (wanted.length > 0) yield wanted
    seq = last.seq + 1
  }
}

/** Everything after a sequence, as it comes, across breaks. @throws Error when a consumer can neither be kept nor made anew */
export async function* followOf<T>(
  js: JetStreamClient,
  stream: string,
  subjects: readonly string[],
  afterSeq: number,
  signal: AbortSignal,
): AsyncIterable<readonly Followed<T>[]> {
  let seq = afterSeq
  while (!signal.aborted) {
    for await (const batch of unbroken<T>(js, stream, subjects, seq, signal)) {
      seq = batch.at(-1)?.seq ?? seq
      yield batch
    }
  }
}

/**
 * One ordered consumer, until it is lost. Its client would make another one by itself, but asks that one for only as many messages
 * as were read of the first, and for no more until it has missed two heartbeats, 30 s later (client 3.4.0): so we make our own.
 */
async function* unbroken<T>(
  js: JetStreamClient,
  stream: string,
  subjects: readonly string[],
  afterSeq: number,
  signal: AbortSignal,
): AsyncIterable<readonly Followed<T>[]> {
  const consumer = await js.consumers.get(stream, {
    filter_subjects: [...subjects],
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: afterSeq + 1,
  })
  const messages = await consumer.consume({ max_messages: 2 * FOLLOW_BATCH })
  const close = () => void messages.close()
  if (signal.aborted) close()
  signal.addEventListener('abort', close, { once: true })
  void closeWhenLost(messages)
  const each = messages[Symbol.asyncIterator]()
  try {
    let next = each.next()
    while (!signal.aborted) {
      const first = await next
      if (first.done) return
      const batch: Followed<T>[] = [new FollowedMessage<T>(first.value)]
      next = each.next()
      // Whatever has arrived already goes with it: a reader in bulk writes in bulk.
      for (let more = await ready(next); more && batch.length < FOLLOW_BATCH; more = await ready(next)) {
        if (more.done) break
        batch.push(new FollowedMessage<T>(more.value))
        next = each.next()
      }
      yield batch
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
    // The client tells its end behind the messages that have come, and nobody reads those any more.
    await each.return?.(undefined)
  }
}

/** `reset`: its client gives the consumer up, because the server knows it no more or something is missing. */
const closeWhenLost = async (messages: ConsumerMessages): Promise<void> => {
  for await (const { type } of messages.status()) if (type === 'reset') return void messages.close()
}

/** The value if it is there within this turn of the event loop. */
const ready = <T>(value: Promise<T>): Promise<T | undefined> =>
  Promise.race([value, new Promise<undefined>(resolve => setImmediate(() => resolve(undefined)))])

/** 404: nothing matches. */
const isNothing = (error: unknown): boolean => error instanceof Error && /no message|not found|404/i.test(error.message)
