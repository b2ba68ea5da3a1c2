/** What the clocks of a place show. A wall time is the reading of its clocks as if it were UTC, milliseconds since 1970. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Every zone's clocks have changed on a quarter of an hour since 1972, so between two quarters an offset stands. */
const QUARTER_MS = 15 * MINUTE_MS
/** Kept offsets of one zone; a day of orders needs about 100. */
const KEPT = 4_096

/** Whether this is a zone of the IANA database, such as `Asia/Seoul` or `UTC`; a bare offset is none, for it knows no summer. */
export const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone) || zone.length > 64) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** @throws RangeError when the zone is not an IANA zone */
export const wallOf = (zone: string, ms: number): number => ms + offsetMs(zone, ms)

/**
 * The instant at which the zone's clocks show this. Shown twice, when they go back: the first one. Never shown, when they
 * go forward: as late behind the jump as it would have been (02:30 becomes 03:30), as calendars do (RFC 5545).
 * @throws RangeError when the zone is not an IANA zone
 */
export const instantOf = (zone: string, wallMs: number): number => {
  // No offset is beyond 14 hours, so a day to either side lies before and behind a change that may be near.
  const before = wallMs - offsetMs(zone, wallMs - DAY_MS)
  const behind = wallMs - offsetMs(zone, wallMs + DAY_MS)
  const shown = [before, behind].filter(ms => wallOf(zone, ms) === wallMs)
  return shown.length > 0 ? Math.min(...shown) : before
}

interface Kept {
  readonly formatter: Intl.DateTimeFormat
  /** By quarter of an hour since 1970. */
  readonly offsets: Map<number, number>
}
// Asking a formatter costs 2 µs and making one 50: the hours of one store need a dozen offsets, those of a list 200 times as many.
const zones = new Map<string, Kept>()

const offsetMs = (zone: string, ms: number): number => {
  const { formatter, offsets } = keptOf(zone)
  const quarter = Math.floor(ms / QUARTER_MS)
  const known = offsets.get(quarter)
  if (known !== undefined) return known
  const startMs = quarter * QUARTER_MS
  const parts = Object.fromEntries(formatter.formatToParts(startMs).map(part => [part.type, Number(part.value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - startMs
  if (offsets.size >= KEPT) offsets.clear()
  offsets.set(quarter, offset)
  return offset
}

const keptOf = (zone: string): Kept => {
  const known = zones.get(zone)
  if (known) return known
  const kept = {
    formatter: new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
    offsets: new Map<number, number>(),
  }
  zones.set(zone, kept)
  return kept
}
