import type { DeadLetter } from '../../actors/dead-letters.ts'
import { eventName } from '../../actors/event-name.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import { type ActorRecord, NOTHING_AWAITED } from '../../actors/record.ts'
import type { TellBody } from '../../actors/tell.ts'
import { alertLevelOf } from '../../machines/order-announcements.ts'
import { causeOf } from '../contract/cause.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { EffectStory, StoryEntry, TimerStory } from '../contract/order-story.ts'

/** All that is known of one order. */
export interface OrderSources {
  /** Oldest first, without a gap. */
  readonly records: readonly ActorRecord[]
  /** What it told others, and when that was written. */
  readonly told: readonly Stored<TellBody>[]
  /** Records of those who heard of it. */
  readonly heard: readonly ActorRecord[]
  readonly messages: readonly MessageRecord[]
  readonly letters: readonly DeadLetter[]
}

const requestOf = ({ correlationId }: { readonly correlationId?: string | undefined }): { readonly requestId?: string } =>
  correlationId === undefined ? {} : { requestId: correlationId }

/**
 * The whole story of an order, by time: its steps with their causes, what each step asked for and how that ended, who was told what.
 * S1. It is told from the records alone wherever they say it, for they outlive everything else. S2. What happened in one instant is
 * told in the order of its making.
 */
export const storyOf = (sources: OrderSources): StoryEntry[] => {
  const entries = [
    ...sources.records.flatMap((record, i) => [stepOf(record), ...shownBy(record, sources.records[i - 1])]),
    ...waitsOf(sources.records, sources.letters),
    ...sources.told.map(told => tellOf(told, sources.heard)),
    ...sources.messages.map(messageOf),
    ...sources.letters.map(letterOf),
  ]
  return entries.sort((a, b) => compare(a.at, b.at) || (a.kind === 'record' ? -1 : 0) - (b.kind === 'record' ? -1 : 0)) // S2: the sort is stable
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const stepOf = (record: ActorRecord): StoryEntry => {
  const event = eventName(record.event.type)
  return {
    kind: 'record',
    at: record.at,
    version: record.version,
    event,
    status: orderRegions(record.state).order,
    regions: { ...orderRegions(record.state) },
    by: { role: record.by.role, id: record.by.id },
    commandId: record.commandId,
    cause: causeOf(record.commandId, event),
    ...requestOf(record),
  }
}

const isOnBoard = (record: ActorRecord | undefined): boolean =>
  record !== undefined && orderRegions(record.state).order === 'cooked' && orderRegions(record.state).claim !== 'held'

const alertsOf = (record: ActorRecord | undefined): number => (record && orderContext(record.state).alerts) ?? 0

/** What others were shown because of a step: the board, and the calls to the store. */
const shownBy = (record: ActorRecord, before: ActorRecord | undefined): StoryEntry[] => {
  const { at, version } = record
  const shown: StoryEntry[] = []
  if (isOnBoard(record) !== isOnBoard(before)) shown.push({ kind: 'board', at, version, open: isOnBoard(record), ...requestOf(record) })
  const alerts = alertsOf(record)
  if (alerts > alertsOf(before)) shown.push({ kind: 'alert', at, version, alerts, level: alertLevelOf(alerts), ...requestOf(record) })
  return shown
}

/** Effects and timers, each with its end: a wait that is gone was answered by the very record that no longer has it, or was given up. */
const waitsOf = (records: readonly ActorRecord[], letters: readonly DeadLetter[]): StoryEntry[] => {
  const effects = new Map<string, EffectStory>()
  const timers = new Map<string, TimerStory>()
  let before = NOTHING_AWAITED
  for (const record of records) {
    const { at, version, commandId, waits } = record
    const id = (sort: string, n: string): string => `${sort}:order/${record.id}:${n}`
    const effectsNow = byN(waits.invokes)
    const timersNow = byN(waits.timers)
    for (const [n] of byN(before.invokes)) {
      const effect = effects.get(n)
      if (!effect || effectsNow.has(n)) continue
      const answered = commandId === id('fx', n)
      const kind = !answered ? 'dropped' : record.event.type.startsWith('xstate.error.') ? 'failed' : 'done'
      effects.set(n, { ...effect, end: { kind, at, version } })
    }
    for (const [n] of byN(before.timers)) {
      const timer = timers.get(n)
      if (timer && !timersNow.has(n))
        timers.set(n, { ...timer, end: { kind: commandId === id('due', n) ? 'fired' : 'cancelled', at, version } })
    }
    for (const [n, { src }] of effectsNow) {
      if (effects.has(n)) continue
      effects.set(n, { kind: 'effect', at, version, name: src, id: id('fx', n), end: { kind: 'waiting' }, ...requestOf(record) })
    }
    for (const [n, { name, at: dueAt }] of timersNow) {
      if (timers.has(n)) continue
      timers.set(n, { kind: 'timer', at, version, name: timerName(name), dueAt, end: { kind: 'waiting' }, ...requestOf(record) })
    }
    before = waits
  }
  return [...[...effects.values()].map(effect => givenUp(effect, letters)), ...timers.values()]
}

/** By its number, which a wait keeps whatever a later release calls it. */
const byN = <Wait extends { readonly n: string }>(waits: Readonly<Record<string, Wait>>): Map<string, Wait & { readonly name: string }> =>
  new Map(Object.entries(waits).map(([name, wait]) => [wait.n, { ...wait, name }]))

/** `xstate.after.acceptWindow.order.order.placed` is the accept window; a timer with a name of its own keeps it. */
const timerName = (name: string): string => eventName(name).replace(/\.elapsed$/, '')

const givenUp = (effect: EffectStory, letters: readonly DeadLetter[]): EffectStory => {
  const letter = letters.find(({ id }) => id === effect.id)
  if (!letter) return effect
  const dead = effect.end.kind === 'waiting' && !letter.retried
  return { ...effect, attempts: letter.attempts, ...(dead ? { end: { kind: 'givenUp', at: letter.at } } : {}) }
}

const tellOf = ({ at, subject, body: { n, to, event, ...body } }: Stored<TellBody>, heard: readonly ActorRecord[]): StoryEntry => {
  const [, , kind, , id] = subject.split('.')
  const arrived = heard.find(({ commandId }) => commandId === `tell:${kind}/${id}:${n}`)
  return {
    kind: 'tell',
    at,
    version: Number.parseInt(n, 10),
    to: `${to.kind}/${to.id}`,
    event: event.type,
    ...(arrived ? { heard: { at: arrived.at, version: arrived.version } } : {}),
    ...requestOf(body),
  }
}

const messageOf = ({ orderId: _orderId, correlationId, ...message }: MessageRecord): StoryEntry => ({
  kind: 'message',
  ...message,
  ...requestOf({ correlationId }),
})

const letterOf = ({ id, src, attempts, reason, at, retried, correlationId }: DeadLetter): StoryEntry => ({
  kind: 'deadLetter',
  at,
  id,
  src,
  attempts,
  reason,
  ...(retried ? { retried } : {}),
  ...requestOf({ correlationId }),
})
