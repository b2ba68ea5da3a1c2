import type { ProfileView } from '../../server/contract/store-profile.ts'
import { dayAfter, wallTimeAt, weekdayOf } from './calendar.ts'

/** Minutes that a pause may last at the server. */
const MOST_MIN = 2_880
const DAY_MIN = 1_440

/**
 * Minutes from now until the store's hours begin tomorrow, or, when it is closed then, on the day after; undefined: it is away for longer, and
 * opens when somebody says so. Counted on the wall: where clocks change tonight it is an hour off.
 */
export const minutesUntilTomorrow = (
  { zone, hours, holidays }: Pick<ProfileView, 'zone' | 'hours' | 'holidays'>,
  nowMs: number,
): number | undefined => {
  const { day, minutes } = wallTimeAt(nowMs, zone)
  const waits = [1, 2].flatMap(ahead => {
    const next = dayAfter(day, ahead)
    const opening = hours[weekdayOf(next)]
    if (!opening || holidays.includes(next)) return []
    const [hour = 0, minute = 0] = opening.open.split(':').map(Number)
    return ahead * DAY_MIN + hour * 60 + minute - minutes
  })
  return waits.find(wait => wait <= MOST_MIN)
}

/** Whether a store takes orders as far as its own wish goes. A pause that has run out is over, also before the server says so. */
export const wishAt = ({ status, pausedUntil }: Pick<ProfileView, 'status' | 'pausedUntil'>, nowMs: number): ProfileView['status'] =>
  status === 'paused' && pausedUntil !== undefined && Date.parse(pausedUntil) <= nowMs ? 'open' : status
