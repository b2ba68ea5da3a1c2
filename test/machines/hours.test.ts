import { expect } from 'chai'
import { isOpenAt, type Opening, opensAt } from '../../machines/hours.ts'

const week = (hours: Opening['hours'][number]): Opening['hours'] => Array.from({ length: 7 }, () => hours)
const at = (iso: string): number => Date.parse(iso)

describe('hours of a store', () => {
  const evening: Opening = { zone: 'Asia/Seoul', hours: week({ open: '17:00', close: '02:00' }) }

  it('are read in the zone of the store, not in UTC', () => {
    expect(isOpenAt(evening, at('2026-11-22T08:00:00Z'))).to.equal(true) // 17:00 in Seoul
    expect(isOpenAt(evening, at('2026-11-22T07:59:59Z'))).to.equal(false)
    expect(isOpenAt(evening, at('2026-11-22T18:00:00Z'))).to.equal(false) // 03:00 in Seoul
  })

  it('run past midnight into the next day', () => {
    expect(isOpenAt(evening, at('2026-11-22T16:59:00Z'))).to.equal(true) // 01:59
    expect(isOpenAt(evening, at('2026-11-22T17:00:00Z'))).to.equal(false) // 02:00, the closing minute is closed
  })

  it('belong to the day on which they began', () => {
    const sundayOnly: Opening = { zone: 'Asia/Seoul', hours: [{ open: '20:00', close: '04:00' }, null, null, null, null, null, null] }
    expect(isOpenAt(sundayOnly, at('2026-11-22T18:30:00Z'))).to.equal(true) // Monday 03:30
    expect(isOpenAt(sundayOnly, at('2026-11-21T18:30:00Z'))).to.equal(false) // Sunday 03:30
    expect(opensAt(sundayOnly, at('2026-11-22T19:30:00Z'))).to.equal('2026-11-29T11:00:00.000Z')
  })

  it('that open and close at the same minute never close', () => {
    const always: Opening = { zone: 'Asia/Seoul', hours: week({ open: '06:00', close: '06:00' }) }
    for (let hour = 0; hour < 48; hour++) expect(isOpenAt(always, at('2026-11-22T00:00:00Z') + hour * 3_600_000)).to.equal(true)
    expect(opensAt(always, at('2026-11-22T00:00:00Z'))).to.equal(undefined)
  })

  it('say when the doors open next', () => {
    expect(opensAt(evening, at('2026-11-22T03:00:00Z'))).to.equal('2026-11-22T08:00:00.000Z')
    expect(opensAt(evening, at('2026-11-22T08:30:00Z'))).to.equal(undefined)
    expect(opensAt({ zone: 'Asia/Seoul', hours: week(null) }, at('2026-11-22T03:00:00Z'))).to.equal(undefined)
  })

  it('follow daylight saving', () => {
    const morning: Opening = { zone: 'America/New_York', hours: week({ open: '09:00', close: '17:00' }) }
    // Clocks go forward on 2026-03-08 and back on 2026-11-01.
    expect(opensAt(morning, at('2026-03-08T01:00:00Z'))).to.equal('2026-03-08T13:00:00.000Z')
    expect(opensAt(morning, at('2026-03-07T01:00:00Z'))).to.equal('2026-03-07T14:00:00.000Z')
    expect(opensAt(morning, at('2026-11-01T01:00:00Z'))).to.equal('2026-11-01T14:00:00.000Z')
    const skipped: Opening = { zone: 'America/New_York', hours: week({ open: '02:30', close: '05:00' }) }
    expect(opensAt(skipped, at('2026-03-08T06:00:00Z'))).to.equal('2026-03-08T07:30:00.000Z') // 03:30, for 02:30 is no minute of that day
  })
})
