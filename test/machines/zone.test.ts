import { expect } from 'chai'
import fc from 'fast-check'
import { instantOf, isZone, wallOf } from '../../machines/zone.ts'

const ZONES = ['UTC', 'Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns']
const zone = fc.constantFrom(...ZONES)
const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }).map(minutes => minutes * 60_000)

describe('the clocks of a zone', () => {
  it('show each instant, and the first instant that shows it is found again', () => {
    fc.assert(
      fc.property(zone, minute, (place, ms) => {
        const wall = wallOf(place, ms)
        const found = instantOf(place, wall)
        expect(wallOf(place, found)).to.equal(wall)
        expect(found).to.be.at.most(ms)
        expect(ms - found).to.be.oneOf([0, 1_800_000, 3_600_000]) // the hour, or the half, that is shown twice
      }),
      { numRuns: 2_000 },
    )
  })

  it('show what the platform’s own calendar shows', () => {
    fc.assert(
      fc.property(zone, minute, (place, ms) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: place, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
        expect(new Date(wallOf(place, ms)).toISOString().slice(0, 19).replace('T', ' ')).to.equal(shown)
      }),
      { numRuns: 300 },
    )
  })

  it('jump where a day never was', () => {
    // Samoa went from the 29th of December 2011 to the 31st.
    expect(new Date(wallOf('Pacific/Apia', Date.parse('2011-12-30T09:59:00Z'))).toISOString()).to.equal('2011-12-29T23:59:00.000Z')
    expect(new Date(instantOf('Pacific/Apia', Date.UTC(2011, 11, 31, 8))).toISOString()).to.equal('2011-12-30T18:00:00.000Z')
  })

  it('belong to zones that have a name', () => {
    for (const good of [...ZONES, 'Etc/GMT+9', 'America/Argentina/Buenos_Aires']) expect(isZone(good), good).to.equal(true)
    for (const bad of ['', 'Seoul', '+09:00', 'Asia/Nowhere', 'Asia/Seoul ', '../etc', 'a'.repeat(65)])
      expect(isZone(bad), bad).to.equal(false)
  })
})
