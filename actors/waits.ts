import { parseAddress } from './address.ts'
import { isoOf } from './clock.ts'
import type { EffectBody } from './effects.ts'
import type { Command, Event } from './envelope.ts'
import type { Kind } from './kinds/kind.ts'
import type { Message } from './log.ts'
import type { ActorRecord, Waits } from './record.ts'
import { dueSubject, fxSubject, outSubject, timerSubject } from './subjects.ts'
import type { TellBody } from './tell.ts'
import type { DueBody } from './timers.ts'

export type Moved = Extract<ReturnType<Kind['step']>, { kind: 'moved' }>

/**
 * The event as the machine is to hear it; undefined when nobody waits for it (D2). Where a migration has renamed the wait, the event that is named
 * after it is renamed too. Only the runtime speaks in XState's own names, and then it says what it answers.
 */
export const awaited = (waits: Waits, { answers, event }: Command): Event | undefined => {
  if (!answers) return isReserved(event) ? undefined : event
  const id = keyOf(answers.wait === 'invoke' ? waits.invokes : waits.timers, answers.n)
  if (id === undefined) return undefined
  if (answers.wait === 'timer') return event.type === answers.id && isAfter(event) ? { ...event, type: id } : event
  return { ...event, type: `xstate.${event.type.startsWith('xstate.error.') ? 'error' : 'done'}.actor.${id}`, actorId: id }
}

const isAfter = (event: Event): boolean => event.type.startsWith('xstate.after.')
/** `xstate.route` is the one event of XState's own that is meant to be sent from outside. */
const isReserved = (event: Event): boolean => event.type.startsWith('xstate.') && event.type !== 'xstate.route'

/** What began all this, for whatever is asked for next; nothing when nobody said. */
export const correlation = ({ correlationId }: Pick<Command, 'correlationId'>): Pick<Command, 'correlationId'> =>
  correlationId === undefined ? {} : { correlationId }

/** Follows the effects in their order: what the actor waits for from now on, and the messages that make it so. */
export const settle = (
  kind: Kind,
  before: Waits,
  command: Command,
  version: number,
  at: string,
  { state, effects }: Moved,
): { readonly waits: Waits; readonly messages: Message[] } => {
  const { address, answers } = command
  const asked = correlation(command)
  const invokes = new Map(Object.entries(before.invokes))
  const timers = new Map(Object.entries(before.timers))
  const messages = new Map<string, Message>()
  const cancel = (id: string): void => {
    const timer = timers.get(id)
    timers.delete(id)
    // What was set within this same step has not been written yet: it is just not said.
    if (timer && !messages.delete(timer.n)) messages.set(timer.n, { kind: 'cancel', subject: timerSubject(address, timer.n) })
  }
  const stop = (id: string): void => {
    messages.delete(invokes.get(id)?.n ?? '')
    invokes.delete(id)
  }
  /** XState forgets a delayed event's name when another takes it or one of that name fires: the event comes, and no cancel reaches it. */
  const unname = (id: string): void => {
    const timer = timers.get(id)
    if (!timer) return
    timers.delete(id)
    timers.set(timer.n, timer)
  }
  if (answers?.wait === 'invoke') invokes.delete(keyOf(before.invokes, answers.n) ?? '')
  if (answers?.wait === 'timer') {
    timers.delete(keyOf(before.timers, answers.n) ?? '')
    unname(answers.id)
  }
  for (const [i, effect] of effects.entries()) {
    const n = `${version}-${i}`
    switch (effect.kind) {
      case 'invoke': {
        const body: EffectBody = { invokeId: effect.id, n, input: effect.input, ...asked }
        invokes.set(effect.id, { n, src: effect.src })
        messages.set(n, { kind: 'fx', subject: fxSubject(effect.src, address, n), body })
        break
      }
      case 'stop':
        stop(effect.id)
        break
      case 'timer': {
        const timerId = effect.id ?? n
        const dueAt = isoOf(Date.parse(at) + effect.delayMs)
        const body: DueBody = { timerId, n, event: effect.event, ...asked }
        unname(timerId)
        timers.set(timerId, { n, at: dueAt })
        messages.set(n, { kind: 'timer', subject: timerSubject(address, n), target: dueSubject(address, n), at: dueAt, body })
        break
      }
      case 'cancel':
        cancel(effect.id)
        break
      case 'emit':
        messages.set(n, { kind: 'out', subject: outOf(kind, effect.event, state), body: effect.event })
        break
      case 'tell': {
        const body: TellBody = { n, to: parseAddress(effect.to), event: effect.event, ...asked }
        messages.set(n, { kind: 'fx', subject: fxSubject('tell', address, n), body })
      }
    }
  }
  if (state.status !== 'active') {
    for (const id of [...timers.keys()]) cancel(id)
    for (const id of [...invokes.keys()]) stop(id)
  }
  return { waits: { invokes: Object.fromEntries(invokes), timers: Object.fromEntries(timers) }, messages: [...messages.values()] }
}

/** An announcement's type leads its subject, so it is made of tokens. */
const EMITTED = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/

const outOf = (kind: Kind, event: Event, state: ActorRecord['state']): string => {
  if (!EMITTED.test(event.type))
    throw new Error(`emitted ${JSON.stringify(event.type)}: the type becomes a subject; use letters, digits, _, - and dots`)
  return outSubject(event.type, kind.outRoute(event, state))
}

/** The name under which a wait is held now. */
const keyOf = (waits: Readonly<Record<string, { readonly n: string }>>, n: string): string | undefined =>
  Object.keys(waits).find(id => waits[id]?.n === n)
