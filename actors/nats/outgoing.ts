import type { MsgHdrs } from '@nats-io/transport-node'
import type { Entry, Message } from '../log.ts'
import { evtOf } from '../subjects.ts'
import { TRACEPARENT } from './headers.ts'

/** JetStream's words for what the log promises (server ≥ 2.14). */
const GUARD = 'Nats-Expected-Last-Subject-Sequence'
const GUARD_SUBJECT = 'Nats-Expected-Last-Subject-Sequence-Subject'
const DAY_S = 86_400
/** Effects may wait as long as a provider is away; a timer that fell due is taken at once or retried within the day. */
const TTL = { fx: `${3 * DAY_S}s`, out: `${DAY_S}s`, due: `${DAY_S}s` } as const

/** One message on its way: all that may fail about it has been done before the first of a batch is sent. */
export class Outgoing {
  readonly subject: string
  readonly payload: Uint8Array
  #headers = 'NATS/1.0\r\n'

  /** @throws TypeError when the body is no JSON, Error when the subject cannot be sent */
  constructor(subject: string, body: unknown) {
    if (/\s/.test(subject)) throw new Error(`not a subject: ${JSON.stringify(subject)}`)
    this.subject = subject
    this.payload = Buffer.from(JSON.stringify(body)) // 0.7 µs for a record, a TextEncoder takes 3
  }

  /** A line break in a value would start a header of its own, so it becomes a space. */
  set(name: string, value: string | number): this {
    this.#headers += `${name}: ${typeof value === 'string' ? value.replaceAll(BREAKS, ' ') : value}\r\n`
    return this
  }

  /** What the client asks of headers when it publishes. Its own class checks every letter of every name: 2.2 µs a message, this 0.3. */
  get headers(): MsgHdrs {
    return { encode: () => Buffer.from(`${this.#headers}\r\n`) } as Pick<MsgHdrs, never> as MsgHdrs
  }

  get bytes(): number {
    return this.payload.length + this.#headers.length
  }
}

const BREAKS = /[\r\n]+/g

/** The record first: readers of `live.evt` see an order's new state before the announcements it caused. */
export const outgoingOf = (entry: Entry, guarded: boolean): Outgoing[] => {
  const record = new Outgoing(entry.subject, entry.record).set('Event', entry.record.event.type)
  if (guarded) {
    record.set(GUARD, entry.expectedSeq)
    // Before its first record nobody knows an actor's route: the guard then covers every route it might take.
    if (entry.expectedSeq === 0) record.set(GUARD_SUBJECT, evtOf(entry.address))
  }
  if (entry.trace !== undefined) record.set(TRACEPARENT, entry.trace)
  if (entry.messages.length === 0) return [record]
  const carriers = [record]
  const all = [record]
  for (const message of entry.messages) {
    if (message.kind === 'cancel') continue
    const other = messageOf(message)
    if (entry.trace !== undefined) other.set(TRACEPARENT, entry.trace)
    all.push(other)
    if (message.kind !== 'timer') carriers.push(other)
  }
  // A cancellation rides on a message of the entry. One that finds no seat fires into the void: the actor knows it as stale.
  for (const { subject } of entry.messages.filter(({ kind }) => kind === 'cancel').slice(0, carriers.length))
    carriers.shift()?.set('Nats-Scheduler', subject).set('Nats-Schedule-Next', 'purge')
  return all
}

const messageOf = (message: Exclude<Message, { readonly kind: 'cancel' }>): Outgoing => {
  const outgoing = new Outgoing(message.subject, message.body)
  if (message.kind !== 'timer') return outgoing.set('Nats-TTL', message.ttlS === undefined ? TTL[message.kind] : `${message.ttlS}s`)
  return outgoing.set('Nats-Schedule', `@at ${message.at}`).set('Nats-Schedule-Target', message.target).set('Nats-Schedule-TTL', TTL.due)
}
