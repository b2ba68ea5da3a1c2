import { expect } from 'chai'
import fc from 'fast-check'
import { isOpenAt, type Opening, opensFrom } from '../../machines/hours.ts'

const MINUTE_MS = 60_000
/** Clocks change on 2026-03-08 and 2026-11-01 in New York, 2026-03-29 and 2026-10-25 in Berlin, 2026-04-05 and 2026-10-04 on Lord Howe. */
const ZONES = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC']
const CHANGES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']

const two = (n: number): string => String(n).padStart(2, '0')
const clock = fc.integer({ min: 0, max: 1_439 }).map(minute => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`)
const hours = fc.option(fc.record({ open: clock, close: clock }), { freq: 3 })
/** An instant within two days of a change of clocks, on a whole minute. */
const instant = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2 * 1_440, max: 2 * 1_440 }))
  .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS)
const holidays = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -3, max: 9 }))
    .map(([day, days]) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)),
  { maxLength: 6 },
)
const opening: fc.Arbitrary<Opening> = fc.record({
  zone: fc.constantFrom(...ZONES),
  hours: fc.array(hours, { minLength: 7, maxLength: 7 }),
  holidays,
  lastOrderLeadMin: fc.constantFrom(0, 0, 15, 60, 240),
})

/** The first minute from this one on that is open, found by looking at each; undefined when none is within the days. */
const scan = (store: Opening, ms: number, days: number): number | undefined => {
  for (let at = ms; at <= ms + days * 86_400_000; at += MINUTE_MS) if (isOpenAt(store, at)) return at
  return undefined
}

/** What a person reads off the clock on the wall and the sign at the door. */
const reads = ({ zone, hours, holidays = [] }: Opening, ms: number): boolean => {
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(ms)
    .split(' ')
  const on = (day: string) => (holidays.includes(day) ? undefined : hours[new Date(day).getUTCDay()])
  const today = on(date)
  const evening = on(new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10))
  const now = today && (today.close > today.open ? time >= today.open && time < today.close : time >= today.open)
  return now === true || (evening !== undefined && evening !== null && evening.close <= evening.open && time < evening.close)
}

describe('the hours of any store', () => {
  it('are what a person reads off the clock and the sign, on days on which no clock changes', () => {
    const quiet = instant.map(ms => ms + 10 * 86_400_000)
    fc.assert(
      fc.property(opening, quiet, ({ lastOrderLeadMin: _none, ...store }, ms) => {
        expect(isOpenAt(store, ms)).to.equal(reads(store, ms))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('the next opening of any store', () => {
  it('is the first open minute that a watch at its door would find', () => {
    fc.assert(
      fc.property(opening, instant, (store, ms) => {
        const told = opensFrom(store, ms)
        const found = scan(store, ms, 9)
        if (found === undefined) expect(told ?? Number.POSITIVE_INFINITY).to.be.above(ms + 9 * 86_400_000)
        else expect(told).to.equal(found)
      }),
      { numRuns: 150 },
    )
  })

  it('is open, and the minute before it is not', () => {
    fc.assert(
      fc.property(opening, instant, (store, ms) => {
        const told = opensFrom(store, ms)
        if (told === undefined) return
        expect(isOpenAt(store, told)).to.equal(true)
        if (told > ms) for (const before of [MINUTE_MS, 1]) expect(isOpenAt(store, told - before)).to.equal(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('does not come sooner for a store that keeps holidays or stops early', () => {
    fc.assert(
      fc.property(opening, instant, ({ holidays, lastOrderLeadMin, ...plain }, ms) => {
        const never = Number.POSITIVE_INFINITY
        const bare = opensFrom(plain, ms) ?? never
        expect(opensFrom({ ...plain, ...(holidays ? { holidays } : {}) }, ms) ?? never).to.be.at.least(bare)
        expect(opensFrom({ ...plain, ...(lastOrderLeadMin ? { lastOrderLeadMin } : {}) }, ms) ?? never).to.be.at.least(bare)
      }),
      { numRuns: 1_000 },
    )
  })
})
