import type { BreakerView } from '../../../server/contract/breakers.ts'
import type { NotificationsView } from '../../../server/contract/notifications.ts'
import type { Source, SourceName, Sources } from './sources.ts'

/** `bad`: somebody loses by it now. `watch`: not as it should be, and nobody loses yet. */
export type Gravity = 'bad' | 'watch'

type Found =
  | { readonly kind: 'offline' }
  | { readonly kind: 'unread'; readonly sources: readonly SourceName[] }
  | { readonly kind: 'noHosts' }
  | { readonly kind: 'breaker'; readonly breaker: BreakerView }
  | { readonly kind: 'room'; readonly waiting: number; readonly perS: number }
  | { readonly kind: 'roomUnknown' }
  | { readonly kind: 'unseen'; readonly orders: number }
  | { readonly kind: 'letters'; readonly letters: number; readonly more: boolean }
  | { readonly kind: 'lag'; readonly reader: string; readonly stream: string; readonly behind: number }
  | { readonly kind: 'lagUnknown'; readonly what: readonly string[] }
  | { readonly kind: 'messages'; readonly mode: NotificationsView['mode'] }
  | { readonly kind: 'busy'; readonly loopDelayMs: number }
  | { readonly kind: 'slow'; readonly p99Ms: number }

/** Something that is not as it should be. `since`: from when on, ISO 8601 UTC, where that is known. */
export type Finding = Found & { readonly gravity: Gravity; readonly since?: string | undefined }

export interface Health {
  /** `checking`: nothing is known to be wrong, but not everything has answered yet. */
  readonly state: 'checking' | 'well' | Gravity
  /** The worst first. */
  readonly findings: readonly Finding[]
}

/** Behind by so many a reader is looked at, and by so many others feel it: at 150 orders/s that is a second, and a quarter of a minute. */
const BEHIND = { watch: 1_000, bad: 10_000 }
/** A gateway leaves lists undone from 500 ms on. */
const LATE_MS = { watch: 200, bad: 500 }
const SLOW_MS = 1_000
/** Whoever has waited longer for the turn of his payment looks for the telephone. */
const PATIENCE_MS = 120_000
/** Its backlog is the waiting room, which is judged by itself. */
const WAITING_ROOM = 'fx-confirmPayment'

/** How the whole is doing. @param connected whether pushes come in @param nowMs the server's time */
export const judge = (sources: Sources, connected: boolean, nowMs: number): Health => {
  const findings = [
    ...(connected ? [] : [{ kind: 'offline', gravity: 'bad' } as const]),
    ...unread(sources),
    ...ofHosts(sources),
    ...ofBreakers(sources),
    ...ofRoom(sources, nowMs),
    ...ofPeople(sources),
    ...ofReaders(sources),
    ...ofMessages(sources),
    ...ofFigures(sources),
  ].sort((a, b) => rank(a) - rank(b))
  const answered = Object.values<Source<unknown>>({ ...sources }).every(({ data, error }) => data !== undefined || error !== undefined)
  return { state: findings[0]?.gravity ?? (answered ? 'well' : 'checking'), findings }
}

const rank = ({ gravity }: Finding): number => (gravity === 'bad' ? 0 : 1)

/** What cannot be asked is not well: it is told as such. */
const unread = (sources: Sources): Finding[] => {
  const silent = (Object.keys(sources) as SourceName[]).filter(name => sources[name].error !== undefined)
  return silent.length === 0 ? [] : [{ kind: 'unread', gravity: 'bad', sources: silent }]
}

const ofHosts = ({ hosts: { data } }: Sources): Finding[] => (data?.hosts.length === 0 ? [{ kind: 'noHosts', gravity: 'bad' }] : [])

const ofBreakers = ({ breakers: { data = [] } }: Sources): Finding[] =>
  data
    .filter(({ state, forced }) => state !== 'closed' || forced)
    .map(breaker => ({ kind: 'breaker', gravity: breaker.state === 'open' ? 'bad' : 'watch', breaker, since: breaker.since }))

const ofRoom = ({ room: { data } }: Sources, nowMs: number): Finding[] => {
  if (!data) return []
  const { known, waiting, perS, busy, oldest } = data
  if (!known) return [{ kind: 'roomUnknown', gravity: 'watch' }]
  if (waiting === 0 || !busy) return []
  const stuck = perS === 0 || (oldest !== undefined && nowMs - Date.parse(oldest.since) > PATIENCE_MS)
  return [{ kind: 'room', gravity: stuck ? 'bad' : 'watch', waiting, perS, since: oldest?.since }]
}

const ofPeople = ({ alarms: { data: alarms = [] }, letters: { data: letters } }: Sources): Finding[] => {
  const unseen = alarms.map(({ placedAt }) => placedAt).sort()
  const waiting = (letters?.items ?? []).filter(({ retried }) => retried === undefined)
  return [
    ...(unseen.length === 0 ? [] : [{ kind: 'unseen', gravity: 'bad', orders: unseen.length, since: unseen[0] } as const]),
    ...(waiting.length === 0
      ? []
      : ([
          { kind: 'letters', gravity: 'bad', letters: waiting.length, more: letters?.nextCursor !== null, since: waiting[0]?.at },
        ] as const)),
  ]
}

const ofReaders = ({ lag: { data } }: Sources): Finding[] => {
  const late = (data?.readers ?? []).filter(({ reader, behind }) => reader !== WAITING_ROOM && behind >= BEHIND.watch)
  const unknown = data?.unknown ?? []
  return [
    ...late.map(({ reader, stream, behind }): Finding => {
      const gravity = behind >= BEHIND.bad ? 'bad' : 'watch'
      return { kind: 'lag', gravity, reader, stream, behind }
    }),
    ...(unknown.length === 0 ? [] : [{ kind: 'lagUnknown', gravity: 'watch', what: unknown } as const]),
  ]
}

const ofMessages = ({ messages: { data } }: Sources): Finding[] =>
  data === undefined || data.mode === 'all' ? [] : [{ kind: 'messages', gravity: 'watch', mode: data.mode, since: data.since }]

const ofFigures = ({ figures: { data } }: Sources): Finding[] => {
  if (!data) return []
  const { loopDelayMs, commandP99Ms = 0 } = data
  return [
    ...(loopDelayMs < LATE_MS.watch ? [] : [{ kind: 'busy', gravity: loopDelayMs < LATE_MS.bad ? 'watch' : 'bad', loopDelayMs } as const]),
    ...(commandP99Ms < SLOW_MS ? [] : [{ kind: 'slow', gravity: 'watch', p99Ms: commandP99Ms } as const]),
  ]
}
