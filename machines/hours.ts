import type { Hours, StoreProfile } from './store.ts'

/** The part of a store that its hours need. */
export type Opening = Pick<StoreProfile, 'zone' | 'hours'>

const DAY_MIN = 1_440

/** Whether this minute lies within the hours, in the store's own zone. Yesterday's evening counts until its closing. */
export const isOpenAt = ({ zone, hours }: Opening, ms: number): boolean => {
  const now = wallClock(zone, ms)
  const today = span(hours[now.weekday])
  const yesterday = span(hours[(now.weekday + 6) % 7])
  return (
    (today !== undefined && now.minute >= today.from && now.minute < today.to) ||
    (yesterday !== undefined && now.minute + DAY_MIN < yesterday.to)
  )
}

/**
 * When the doors open next, ISO 8601 UTC; undefined when they are open now, or never open.
 * An opening inside the hour that daylight saving skips is moved behind it.
 */
export const opensAt = (opening: Opening, ms: number): string | undefined => {
  if (isOpenAt(opening, ms)) return undefined
  const { year, month, day, weekday } = wallClock(opening.zone, ms)
  for (let ahead = 0; ahead <= 7; ahead++) {
    const hours = span(opening.hours[(weekday + ahead) % 7])
    if (!hours) continue
    const at = instantOf(opening.zone, Date.UTC(year, month - 1, day + ahead, 0, hours.from))
    if (at > ms) return new Date(at).toISOString()
  }
  return undefined
}

/** Minutes after midnight; `to` lies beyond 1,440 when the store closes past midnight, a whole day later when it never closes. */
const span = (hours: Hours | null | undefined): { readonly from: number; readonly to: number } | undefined => {
  if (!hours) return undefined
  const from = minuteOf(hours.open)
  const to = minuteOf(hours.close)
  return { from, to: to <= from ? to + DAY_MIN : to }
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

interface WallClock {
  readonly year: number
  /** 1…12 */
  readonly month: number
  readonly day: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 0…1,439 after local midnight. */
  readonly minute: number
}

// Making a formatter costs about 50 µs, using one about 2: one a zone is kept.
const formatters = new Map<string, Intl.DateTimeFormat>()
const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const kept = formatters.get(zone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

/** @throws RangeError when the zone is not an IANA zone */
const wallClock = (zone: string, ms: number): WallClock => {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(ms)
      .map(part => [part.type, Number(part.value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), minute: hour * 60 + minute }
}

/** The instant at which the zone's clocks show this; `wallMs` is the wall clock read as if it were UTC. */
const instantOf = (zone: string, wallMs: number): number => {
  const first = wallMs - offsetMs(zone, wallMs)
  const second = wallMs - offsetMs(zone, first)
  // Where clocks go forward no instant shows the skipped hour: the later of the two lies behind it.
  return second + offsetMs(zone, second) === wallMs ? second : Math.max(first, second)
}

const offsetMs = (zone: string, ms: number): number => {
  const { year, month, day, minute } = wallClock(zone, ms)
  return Date.UTC(year, month - 1, day, 0, minute) - (ms - (((ms % 60_000) + 60_000) % 60_000))
}
