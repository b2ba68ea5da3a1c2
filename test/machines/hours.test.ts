import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { doorsAt, isOpenAt, type Opening, opensAt, opensFrom } from '../../machines/hours.ts'

const week = (hours: Opening['hours'][number]): Opening['hours'] => Array.from({ length: 7 }, () => hours)
const at = (iso: string): number => Date.parse(iso)
const MINUTE_MS = 60_000

/** Winds a clock by hand from one instant to another and notes each minute at which the doors change: `22:00 open`, in UTC. */
const watch = (opening: Opening, from: string, to: string): string[] => {
  const clock = new HandClock(at(from))
  const seen: string[] = []
  let last: string | undefined
  for (; clock.now() <= at(to); clock.advance(MINUTE_MS)) {
    const doors = doorsAt(opening, clock.now())
    if (last !== undefined && doors !== last) seen.push(`${new Date(clock.now()).toISOString().slice(0, 16)} ${doors}`)
    last = doors
  }
  return seen
}

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
    expect(watch(evening, '2026-11-22T07:00:00Z', '2026-11-23T09:00:00Z')).to.deep.equal([
      '2026-11-22T08:00 open',
      '2026-11-22T17:00 closed',
      '2026-11-23T08:00 open',
    ])
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

  it('never close around the clock where clocks change, nor have they a last order', () => {
    for (const [zone, from, to] of [
      ['America/New_York', '2026-03-07T00:00:00Z', '2026-03-10T00:00:00Z'],
      ['America/New_York', '2026-10-31T00:00:00Z', '2026-11-03T00:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-03T00:00:00Z', '2026-04-06T00:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-02T00:00:00Z', '2026-10-05T00:00:00Z'],
    ] as const) {
      // 02:30 is skipped in New York, 02:15 on Lord Howe; 01:30 and 01:45 are shown twice.
      for (const minute of ['00:00', '01:30', '01:45', '02:15', '02:30']) {
        const always: Opening = { zone, hours: week({ open: minute, close: minute }), lastOrderLeadMin: 60 }
        expect(doorsAt(always, at(from)), zone).to.equal('open')
        expect(watch(always, from, to), `${zone} ${minute}`).to.deep.equal([])
      }
    }
  })

  it('say when the doors open next', () => {
    expect(opensAt(evening, at('2026-11-22T03:00:00Z'))).to.equal('2026-11-22T08:00:00.000Z')
    expect(opensAt(evening, at('2026-11-22T08:30:00Z'))).to.equal(undefined)
    expect(opensAt({ zone: 'Asia/Seoul', hours: week(null) }, at('2026-11-22T03:00:00Z'))).to.equal(undefined)
    expect(opensFrom(evening, at('2026-11-22T08:30:00Z'))).to.equal(at('2026-11-22T08:30:00Z'))
  })
})

describe('a holiday', () => {
  it('begins no hours, but an evening that began the day before runs to its closing', () => {
    // Friday the 25th is a holiday in Seoul.
    const store: Opening = { zone: 'Asia/Seoul', hours: week({ open: '17:00', close: '02:00' }), holidays: ['2026-12-25'] }
    expect(watch(store, '2026-12-24T07:00:00Z', '2026-12-26T09:00:00Z')).to.deep.equal([
      '2026-12-24T08:00 open',
      '2026-12-24T17:00 closed', // 02:00 on the holiday
      '2026-12-26T08:00 open',
    ])
    expect(opensAt(store, at('2026-12-24T18:00:00Z'))).to.equal('2026-12-26T08:00:00.000Z')
  })

  it('closes a store that never closes from its hour to the same hour of the next day', () => {
    const store: Opening = {
      zone: 'Europe/Berlin',
      hours: week({ open: '00:00', close: '00:00' }),
      holidays: ['2026-12-25', '2026-12-26'],
      lastOrderLeadMin: 30,
    }
    expect(watch(store, '2026-12-24T00:00:00Z', '2026-12-28T00:00:00Z')).to.deep.equal([
      '2026-12-24T22:30 lastOrder',
      '2026-12-24T23:00 closed',
      '2026-12-26T23:00 open',
    ])
  })

  it('after holiday leaves the first day that is none, however far away', () => {
    const saturdays: Opening = {
      zone: 'Asia/Seoul',
      hours: [null, null, null, null, null, null, { open: '10:00', close: '20:00' }],
      holidays: ['2026-11-28', '2026-12-05', '2026-12-12', '2026-12-19'],
    }
    expect(opensAt(saturdays, at('2026-11-22T00:00:00Z'))).to.equal('2026-12-26T01:00:00.000Z')
  })
})

describe('the last order', () => {
  const store: Opening = { zone: 'Asia/Seoul', hours: week({ open: '11:00', close: '22:00' }), lastOrderLeadMin: 30 }

  it('is taken so many minutes before closing, and the next one at the next opening', () => {
    expect(watch(store, '2026-11-22T01:00:00Z', '2026-11-22T14:00:00Z')).to.deep.equal([
      '2026-11-22T02:00 open',
      '2026-11-22T12:30 lastOrder',
      '2026-11-22T13:00 closed',
    ])
    expect(isOpenAt(store, at('2026-11-22T12:29:59.999Z'))).to.equal(true)
    expect(isOpenAt(store, at('2026-11-22T12:30:00Z'))).to.equal(false)
    expect(opensAt(store, at('2026-11-22T12:30:00Z'))).to.equal('2026-11-23T02:00:00.000Z')
  })

  it('counts from the end of hours that follow each other without a gap', () => {
    // Friday until midnight, Saturday from midnight to three.
    const hours = [null, null, null, null, null, { open: '18:00', close: '00:00' }, { open: '00:00', close: '03:00' }]
    expect(watch({ ...store, hours }, '2026-11-27T08:00:00Z', '2026-11-28T12:00:00Z')).to.deep.equal([
      '2026-11-27T09:00 open',
      '2026-11-27T17:30 lastOrder', // 02:30 on Saturday
      '2026-11-27T18:00 closed',
    ])
  })

  it('is never taken by a store whose hours are shorter than its lead', () => {
    const brief: Opening = { ...store, hours: week({ open: '11:00', close: '11:20' }) }
    expect(doorsAt(brief, at('2026-11-22T02:10:00Z'))).to.equal('lastOrder')
    expect(opensAt(brief, at('2026-11-22T00:00:00Z'))).to.equal(undefined)
  })
})

describe('where clocks change', () => {
  it('hours follow the clocks of the place', () => {
    const morning: Opening = { zone: 'America/New_York', hours: week({ open: '09:00', close: '17:00' }) }
    // Clocks go forward on 2026-03-08 and back on 2026-11-01.
    expect(opensAt(morning, at('2026-03-08T01:00:00Z'))).to.equal('2026-03-08T13:00:00.000Z')
    expect(opensAt(morning, at('2026-03-07T01:00:00Z'))).to.equal('2026-03-07T14:00:00.000Z')
    expect(opensAt(morning, at('2026-11-01T01:00:00Z'))).to.equal('2026-11-01T14:00:00.000Z')
  })

  it('an opening or a closing inside the hour that is skipped is moved behind it', () => {
    const skipped: Opening = { zone: 'America/New_York', hours: week({ open: '02:30', close: '05:00' }) }
    expect(opensAt(skipped, at('2026-03-08T06:00:00Z'))).to.equal('2026-03-08T07:30:00.000Z') // 03:30, for 02:30 is no minute of that day
    const night: Opening = { zone: 'Europe/Berlin', hours: week({ open: '22:00', close: '02:30' }) }
    // On 2026-03-29 it is 03:00 after 01:59: 02:30 would have been 01:30 UTC.
    expect(watch(night, '2026-03-28T20:00:00Z', '2026-03-29T12:00:00Z')).to.deep.equal(['2026-03-28T21:00 open', '2026-03-29T01:30 closed'])
  })

  it('an hour that is shown twice opens and closes once, at its first showing', () => {
    // On 2026-11-01 clocks in New York show 01:00 to 01:59 twice, from 05:00 and from 06:00 UTC.
    const night: Opening = { zone: 'America/New_York', hours: week({ open: '20:00', close: '01:30' }) }
    expect(watch(night, '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z')).to.deep.equal(['2026-11-01T00:00 open', '2026-11-01T05:30 closed'])
    const small: Opening = { ...night, hours: week({ open: '01:30', close: '03:00' }) }
    expect(watch(small, '2026-11-01T00:00:00Z', '2026-11-01T12:00:00Z')).to.deep.equal(['2026-11-01T05:30 open', '2026-11-01T08:00 closed'])
  })

  it('half an hour is enough to move an evening on Lord Howe Island', () => {
    // Clocks go back from 02:00 to 01:30 on 2026-04-05 (+11 to +10:30), and forward from 02:00 to 02:30 on 2026-10-04.
    const late: Opening = { zone: 'Australia/Lord_Howe', hours: week({ open: '18:00', close: '02:15' }) }
    expect(watch(late, '2026-04-04T03:00:00Z', '2026-04-05T06:00:00Z')).to.deep.equal(['2026-04-04T07:00 open', '2026-04-04T15:45 closed'])
    expect(watch(late, '2026-10-03T03:00:00Z', '2026-10-04T06:00:00Z')).to.deep.equal(['2026-10-03T07:30 open', '2026-10-03T15:45 closed'])
    const morning: Opening = { ...late, hours: week({ open: '08:00', close: '12:00' }) }
    expect(opensAt(morning, at('2026-04-04T12:00:00Z'))).to.equal('2026-04-04T21:30:00.000Z')
    expect(opensAt(morning, at('2026-10-03T12:00:00Z'))).to.equal('2026-10-03T21:00:00.000Z')
  })
})
