import { isDeepStrictEqual } from 'node:util'
import { decide } from './decide.ts'
import type { Command } from './envelope.ts'
import type { Kind } from './kinds/kind.ts'
import type { Message, Stored } from './log.ts'
import { type ActorRecord, NOTHING_AWAITED, type Waits } from './record.ts'
import type { TellBody } from './tell.ts'

/** One record with its subject: all that the archive needs to keep of a log. */
export type Kept = Pick<Stored<ActorRecord>, 'subject' | 'body'>

/** What an actor told another one, and when. */
export interface Told {
  /** By this the other one's record knows it. */
  readonly commandId: string
  readonly to: TellBody['to']
  /** ISO 8601 UTC. */
  readonly at: string
  readonly message: Message
}

/** What was written beside an actor's records and is of use still. */
export interface Pending {
  /** Effects and timers that it waits for, and its announcements as they stand. */
  readonly messages: readonly Message[]
  readonly told: readonly Told[]
  /** Names of waits that cannot be made again: their records are not there, or of a machine that decides otherwise now. */
  readonly lacking: readonly string[]
}

/**
 * Works out what must exist beside an actor's records, from these alone: machines decide purely, so the same record before and the same
 * event ask for the same things again, under the same names.
 * @param records by version, the newest last; of others only those that are asked about have to be there
 */
export const pendingOf = (kind: Kind, records: readonly Kept[]): Pending => {
  const newest = records.at(-1)
  if (!newest) return { messages: [], told: [], lacking: [] }
  const byN = new Map<string, Message>()
  const announced = new Map<string, Message>()
  const told: Told[] = []
  for (const [i, record] of records.entries()) {
    for (const message of askedBy(kind, records[i - 1], record) ?? []) {
      if (message.kind === 'cancel') continue
      if (message.kind === 'out') announced.set(message.subject, message)
      else if (message.subject.startsWith('fx.tell.')) told.push(toldBy(record.body, message))
      else byN.set((message.body as { readonly n: string }).n, message)
    }
  }
  const waits = Object.entries({ ...newest.body.waits.invokes, ...newest.body.waits.timers })
  const awaited = waits.map(([name, { n }]) => ({ name, message: byN.get(n) }))
  return {
    messages: [...announced.values(), ...awaited.flatMap(({ message }) => message ?? [])],
    told,
    lacking: awaited.filter(({ message }) => !message).map(({ name }) => name),
  }
}

/** Whether an actor waits for anything. */
export const isWaiting = ({ waits: { invokes, timers } }: Pick<ActorRecord, 'waits'>): boolean =>
  Object.keys(invokes).length + Object.keys(timers).length > 0

/** The versions that asked for what a record still waits for: a wait is named after its version. */
export const versionsAwaited = ({ waits: { invokes, timers } }: Pick<ActorRecord, 'waits'>): readonly number[] => [
  ...new Set([...Object.values(invokes), ...Object.values(timers)].map(({ n }) => Number.parseInt(n, 10))),
]

/** What this record's transition asked for; undefined when it cannot be told, or would be told otherwise today. */
const askedBy = (kind: Kind, before: Kept | undefined, { body: record, subject }: Kept): readonly Message[] | undefined => {
  const last = record.version === 1 ? undefined : before
  if ((last?.body.version ?? 0) !== record.version - 1) return undefined
  const command: Command = {
    commandId: record.commandId,
    address: { kind: kind.name, id: record.id },
    event: kind.whole(record.event, record.state),
    by: record.by,
    at: record.at,
    ...answersOf(last?.body.waits ?? NOTHING_AWAITED, record.commandId),
    ...(record.correlationId === undefined ? {} : { correlationId: record.correlationId }),
  }
  const decision = decide(kind, last && { subject, seq: 0, at: last.body.at, body: last.body }, command, Date.parse(record.at))
  return decision.kind === 'commit' && isDeepStrictEqual(decision.entry.record.waits, record.waits) ? decision.entry.messages : undefined
}

/** An effect's result and a timer say by their command id what they answer. */
const answersOf = ({ invokes, timers }: Waits, commandId: string): Pick<Command, 'answers'> => {
  const [, sort, n] = /^(fx|due):[^:]+:([^:]+)$/.exec(commandId) ?? []
  const waits = sort === 'fx' ? invokes : timers
  const id = Object.keys(waits).find(name => waits[name]?.n === n)
  return n === undefined || id === undefined ? {} : { answers: { wait: sort === 'fx' ? 'invoke' : 'timer', id, n } }
}

const toldBy = ({ id, at }: ActorRecord, message: Exclude<Message, { readonly kind: 'cancel' }>): Told => {
  const { n, to } = message.body as TellBody
  const [, , kind] = message.subject.split('.')
  return { commandId: `tell:${kind}/${id}:${n}`, to, at, message }
}
