import { isoOf } from './clock.ts'
import type { Command, Reply } from './envelope.ts'
import type { Held, Kind, Stamp } from './kinds/kind.ts'
import type { Entry, Stored } from './log.ts'
import { type ActorRecord, NOTHING_AWAITED, REPLIES_KEPT } from './record.ts'
import { evtSubject } from './subjects.ts'
import { awaited, correlation, type Moved, settle } from './waits.ts'

/** `recall`: the command was answered before, at that version; the log knows the state it had. */
export type Decision =
  | { readonly kind: 'answer'; readonly reply: Reply }
  | { readonly kind: 'recall'; readonly version: number }
  | { readonly kind: 'commit'; readonly entry: Entry; readonly reply: Reply }

const moved = ({ version, state, at }: ActorRecord): Extract<Reply, { kind: 'moved' }> => ({ kind: 'moved', version, state, at })
const fail = (code: 'MACHINE_FAILED' | 'UNKNOWN_VERSION', retry: boolean, message: string): Decision => ({
  kind: 'answer',
  reply: { kind: 'failed', code, retry, message },
})

/**
 * What an actor does with a command: purely, from its last record. Nothing is written here.
 * D1. A repeated commandId gets its first answer. D2. A wait is answered once, and only while the actor still waits.
 * D3. A refusal writes nothing. D4. A machine that throws leaves the actor as it was. D5. A record of another release is
 * made current before anything is decided; where that cannot be, nothing is.
 */
export const decide = (kind: Kind, last: Stored<ActorRecord> | undefined, command: Command, nowMs: number): Decision => {
  try {
    return decided(kind, last, command, nowMs)
  } catch (error) {
    return fail('MACHINE_FAILED', false, error instanceof Error ? error.message : String(error)) // D4
  }
}

const decided = (kind: Kind, last: Stored<ActorRecord> | undefined, command: Command, nowMs: number): Decision => {
  const version = last?.body.version ?? 0
  const refuse = (code: string, state = last?.body.state): Decision => ({
    kind: 'answer',
    reply: { kind: 'refused', code, version, ...(state ? { state } : {}) },
  })
  const answered = last?.body.replies.find(([commandId]) => commandId === command.commandId)?.[1] // D1
  if (last && answered !== undefined) {
    return answered === version ? { kind: 'answer', reply: { ...moved(last.body), repeated: true } } : { kind: 'recall', version: answered }
  }
  const upgraded = last && kind.upgrade(last.body) // D5
  // A host of the newer release answers when the caller asks again; a version that nobody knows is final.
  if (last && upgraded?.kind === 'newer')
    return fail('UNKNOWN_VERSION', true, `written by ${last.body.machine}, newer than ${kind.machine} here`)
  if (last && upgraded?.kind === 'unknown')
    return fail('UNKNOWN_VERSION', false, `no migration from ${last.body.machine} to ${kind.machine}`)
  const held = upgraded?.kind === 'current' ? upgraded.held : undefined
  const creates = command.event.type === kind.creates
  if (!held && !creates) return refuse('NOT_FOUND')
  if (held && creates) return refuse('ALREADY_EXISTS', held.state)
  if (command.expectedVersion !== undefined && command.expectedVersion !== version) return refuse('VERSION_MISMATCH', held?.state)
  if (!command.answers && kind.internal(command.event.type)) return refuse(kind.refusal(held?.state as never, command.event), held?.state)
  const event = awaited(held?.waits ?? NOTHING_AWAITED, command)
  if (!event) return refuse('STALE', held?.state) // D2
  const at = isoOf(nowMs)
  const stamp: Stamp = { id: command.address.id, at, by: command.by, commandId: command.commandId }
  const step = held ? kind.step(held.state, { ...event, stamp }) : kind.start({ ...event, stamp })
  if (step.kind === 'refused') return refuse(kind.refusal(held?.state as never, command.event), held?.state) // D3
  return commit(kind, last, held, { ...command, event }, at, step)
}

const commit = (
  kind: Kind,
  last: Stored<ActorRecord> | undefined,
  held: Held | undefined,
  command: Command,
  at: string,
  step: Moved,
): Decision => {
  const { state } = step
  const version = (last?.body.version ?? 0) + 1
  const { waits, messages } = settle(kind, held?.waits ?? NOTHING_AWAITED, command, version, at, step)
  const record: ActorRecord = {
    v: 1,
    id: command.address.id,
    machine: kind.machine,
    version,
    at,
    by: command.by,
    commandId: command.commandId,
    event: kind.recorded(command.event),
    state,
    waits,
    replies: [...(last?.body.replies ?? []), [command.commandId, version] as const].slice(-REPLIES_KEPT),
    ...correlation(command),
  }
  const entry: Entry = {
    stream: kind.stream,
    address: command.address,
    subject: last?.subject ?? evtSubject(command.address, kind.route(state)),
    record,
    expectedSeq: last?.seq ?? 0,
    messages,
  }
  return { kind: 'commit', entry, reply: moved(record) }
}
