import { isoOf } from './clock.ts'
import type { EffectBody } from './effects.ts'
import type { Command, Event, Reply } from './envelope.ts'
import type { Kind, Stamp } from './kinds/kind.ts'
import type { Entry, Message, Stored } from './log.ts'
import { type ActorRecord, NOTHING_AWAITED, REPLIES_KEPT, type Waits } from './record.ts'
import { dueSubject, evtSubject, fxSubject, outSubject, timerSubject } from './subjects.ts'
import type { DueBody } from './timers.ts'

/** `recall`: the command was answered before, at that version; the log knows the state it had. */
export type Decision =
  | { readonly kind: 'answer'; readonly reply: Reply }
  | { readonly kind: 'recall'; readonly version: number }
  | { readonly kind: 'commit'; readonly entry: Entry; readonly reply: Reply }

const moved = (record: ActorRecord): Reply => ({ kind: 'moved', version: record.version, state: record.state })

/**
 * What an actor does with a command: purely, from its last record. Nothing is written here.
 * D1. A repeated commandId gets its first answer. D2. A wait is answered once, and only while the actor still waits.
 * D3. A refusal writes nothing. D4. A machine that throws leaves the actor as it was.
 */
export const decide = (kind: Kind, last: Stored<ActorRecord> | undefined, command: Command, nowMs: number): Decision => {
  const version = last?.body.version ?? 0
  const refuse = (code: string): Decision => ({
    kind: 'answer',
    reply: { kind: 'refused', code, version, ...(last ? { state: last.body.state } : {}) },
  })
  const answered = last?.body.replies.find(([commandId]) => commandId === command.commandId)?.[1] // D1
  if (last && answered !== undefined) {
    return answered === version ? { kind: 'answer', reply: moved(last.body) } : { kind: 'recall', version: answered }
  }
  const creates = command.event.type === kind.creates
  if (!last && !creates) return refuse('NOT_FOUND')
  if (last && creates) return refuse('ALREADY_EXISTS')
  if (command.expectedVersion !== undefined && command.expectedVersion !== version) return refuse('VERSION_MISMATCH')
  if (!stillAwaited(last?.body.waits ?? NOTHING_AWAITED, command)) return refuse('STALE') // D2
  const at = isoOf(nowMs)
  const stamp: Stamp = { id: command.address.id, at, by: command.by, commandId: command.commandId }
  const event = { ...command.event, stamp }
  try {
    const state = last && kind.upgrade(last.body.state, last.body.machine)
    const step = state ? kind.step(state, event) : kind.start(event)
    if (step.kind === 'refused') return refuse(kind.refusal(state as never, command.event)) // D3
    return commit(kind, last, command, at, step.state, step.effects)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { kind: 'answer', reply: { kind: 'failed', code: 'MACHINE_FAILED', retry: false, message } } // D4
  }
}

type Effects = Extract<ReturnType<Kind['step']>, { kind: 'moved' }>['effects']

const commit = (
  kind: Kind,
  last: Stored<ActorRecord> | undefined,
  command: Command,
  at: string,
  state: ActorRecord['state'],
  effects: Effects,
): Decision => {
  const version = (last?.body.version ?? 0) + 1
  const { waits, messages } = settle(kind, last?.body.waits ?? NOTHING_AWAITED, command, version, at, state, effects)
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

/** Follows the effects in their order: what the actor waits for from now on, and the messages that make it so. */
const settle = (
  kind: Kind,
  before: Waits,
  command: Command,
  version: number,
  at: string,
  state: ActorRecord['state'],
  effects: Effects,
): { readonly waits: Waits; readonly messages: Message[] } => {
  const { address, answers } = command
  const invokes = new Map(Object.entries(before.invokes))
  const timers = new Map(Object.entries(before.timers))
  if (answers) (answers.wait === 'invoke' ? invokes : timers).delete(answers.id)
  const messages: Message[] = []
  const cancel = (id: string): void => {
    const timer = timers.get(id)
    if (timer) messages.push({ kind: 'cancel', subject: timerSubject(address, timer.n) })
    timers.delete(id)
  }
  for (const [i, effect] of effects.entries()) {
    const n = `${version}-${i}`
    switch (effect.kind) {
      case 'invoke': {
        const body: EffectBody = { invokeId: effect.id, n, input: effect.input }
        invokes.set(effect.id, { n, src: effect.src })
        messages.push({ kind: 'fx', subject: fxSubject(effect.src, address, n), body })
        break
      }
      case 'stop':
        invokes.delete(effect.id)
        break
      case 'timer': {
        cancel(effect.id)
        const dueAt = isoOf(Date.parse(at) + effect.delayMs)
        const body: DueBody = { timerId: effect.id, n, event: effect.event }
        timers.set(effect.id, { n, at: dueAt })
        messages.push({ kind: 'timer', subject: timerSubject(address, n), target: dueSubject(address, n), at: dueAt, body })
        break
      }
      case 'cancel':
        cancel(effect.id)
        break
      case 'emit':
        messages.push({ kind: 'out', subject: outSubject(effect.event.type, kind.outRoute(effect.event, state)), body: effect.event })
    }
  }
  if (state.status === 'done') for (const id of [...timers.keys()]) cancel(id)
  const waits = { invokes: state.status === 'done' ? {} : Object.fromEntries(invokes), timers: Object.fromEntries(timers) }
  return { waits, messages }
}

const stillAwaited = (waits: Waits, { answers, event }: Command): boolean => {
  // Only the runtime speaks in XState's own names, and then it says what it answers.
  if (!answers) return !isReserved(event)
  const wait = answers.wait === 'invoke' ? waits.invokes[answers.id] : waits.timers[answers.id]
  return wait?.n === answers.n
}

const isReserved = (event: Event): boolean => event.type.startsWith('xstate.')
