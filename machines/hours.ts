import type { StoreProfile } from './store.ts'
import { instantOf, wallOf } from './zone.ts'

/** The part of a store that its hours need. */
export type Opening = Pick<StoreProfile, 'zone' | 'hours' | 'holidays' | 'lastOrderLeadMin'>

/** `lastOrder`: the doors are open, but what is ordered now would not be ready before they close. */
export type Doors = 'open' | 'lastOrder' | 'closed'

const MINUTE_MS = 60_000
const DAY_MIN = 1_440
const DAY_MS = DAY_MIN * MINUTE_MS

/*
 * H1. Hours are read in the store's own zone, and belong to the day on which they begin: an evening runs past midnight, also into a holiday.
 * H2. No order is taken in the last `lastOrderLeadMin` minutes before the doors close. Hours that follow each other without a
 *     gap are one opening: a store that never closes has no last order.
 * H3. Where clocks change, hours run from the first minute that shows `open` to the first that shows `close` (machines/zone.ts).
 */

/** How the doors stand at this instant. @throws RangeError when the zone is not an IANA zone */
export const doorsAt = (opening: Opening, ms: number): Doors => {
  const leadMs = (opening.lastOrderLeadMin ?? 0) * MINUTE_MS
  const today = localDay(opening, ms)
  let untilMs = ms
  // A lead is shorter than a day, so no opening need be followed beyond tomorrow's hours.
  for (const ahead of [-1, 0, 1]) {
    const span = spanOf(opening, today + ahead * DAY_MS)
    if (span && span.fromMs <= untilMs && span.toMs > untilMs) untilMs = span.toMs // H2
  }
  if (untilMs === ms) return 'closed'
  return untilMs > ms + leadMs ? 'open' : 'lastOrder'
}

/** Whether the hours let it take orders at this instant. */
export const isOpenAt = (opening: Opening, ms: number): boolean => doorsAt(opening, ms) === 'open'

/** The first instant from this one on at which the hours let it take orders; undefined when they never do. */
export const opensFrom = (opening: Opening, ms: number): number | undefined => {
  if (isOpenAt(opening, ms)) return ms
  const today = localDay(opening, ms)
  // A holiday takes away one day's opening and a change of clocks another: beyond that a week repeats itself.
  const days = 7 * ((opening.holidays?.length ?? 0) + 2)
  for (let ahead = 0; ahead <= days; ahead++) {
    const span = spanOf(opening, today + ahead * DAY_MS)
    if (span && span.fromMs > ms && isOpenAt(opening, span.fromMs)) return span.fromMs
  }
  return undefined
}

/** When it takes orders next, ISO 8601 UTC; undefined when it does now, or never will. */
export const opensAt = (opening: Opening, ms: number): string | undefined => {
  const next = opensFrom(opening, ms)
  return next === undefined || next === ms ? undefined : new Date(next).toISOString()
}

/** Midnight of the local date, as a wall time. */
const localDay = ({ zone }: Opening, ms: number): number => {
  const wall = wallOf(zone, ms)
  return wall - (((wall % DAY_MS) + DAY_MS) % DAY_MS)
}

interface Span {
  readonly fromMs: number
  /** The closing minute is closed. At or before `fromMs` where the clocks skip the whole of it. */
  readonly toMs: number
}

/** The hours that begin on this local date; undefined when none do. */
const spanOf = ({ zone, hours, holidays }: Opening, dayMs: number): Span | undefined => {
  const day = new Date(dayMs)
  const ofDay = hours[day.getUTCDay()]
  if (!ofDay || holidays?.includes(day.toISOString().slice(0, 10))) return undefined // H1
  const from = minuteOf(ofDay.open)
  const close = minuteOf(ofDay.close)
  const to = close <= from ? close + DAY_MIN : close
  return { fromMs: instantOf(zone, dayMs + from * MINUTE_MS), toMs: instantOf(zone, dayMs + to * MINUTE_MS) } // H3
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
