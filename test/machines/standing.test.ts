import { expect } from 'chai'
import type { Opening } from '../../machines/hours.ts'
import { standingAt, type Wish } from '../../machines/standing.ts'

const at = (iso: string): number => Date.parse(iso)
/** 11:00 to 22:00 in Seoul, 02:00 to 13:00 UTC; the last order half an hour before. */
const store: Opening = {
  zone: 'Asia/Seoul',
  hours: Array.from({ length: 7 }, () => ({ open: '11:00', close: '22:00' })),
  lastOrderLeadMin: 30,
}
const stands = (wish: Wish, iso: string): string => {
  const standing = standingAt(wish, store, at(iso))
  return standing.kind === 'open' || standing.opensAtMs === undefined
    ? standing.kind
    : `${standing.kind} until ${new Date(standing.opensAtMs).toISOString().slice(5, 16)}`
}
const paused = (pausedUntil: string): Wish => ({ value: 'paused', pausedUntil })

describe('how a store stands', () => {
  it('is open within its hours, and says when it is again', () => {
    expect(stands({ value: 'open' }, '2026-11-22T05:00:00Z')).to.equal('open')
    expect(stands({ value: 'open' }, '2026-11-22T12:40:00Z')).to.equal('lastOrder until 11-23T02:00')
    expect(stands({ value: 'open' }, '2026-11-22T20:00:00Z')).to.equal('closed until 11-23T02:00')
  })

  it('is closed without an end when the store has closed by hand', () => {
    expect(stands({ value: 'closed' }, '2026-11-22T05:00:00Z')).to.equal('closed')
  })

  it('is paused until the instant it has said, or the next opening when that is not within its hours', () => {
    expect(stands(paused('2026-11-22T05:30:00Z'), '2026-11-22T05:00:00Z')).to.equal('paused until 11-22T05:30')
    expect(stands(paused('2026-11-22T12:45:00Z'), '2026-11-22T12:00:00Z')).to.equal('paused until 11-23T02:00')
    expect(stands(paused('2026-11-22T13:10:00Z'), '2026-11-22T12:50:00Z')).to.equal('paused until 11-23T02:00')
  })

  it('is open at the end of a pause, though the timer that says so is late', () => {
    expect(stands(paused('2026-11-22T05:30:00Z'), '2026-11-22T05:29:59.999Z')).to.equal('paused until 11-22T05:30')
    expect(stands(paused('2026-11-22T05:30:00Z'), '2026-11-22T05:30:00Z')).to.equal('open')
    expect(stands(paused('2026-11-22T05:30:00Z'), '2026-11-22T20:00:00Z')).to.equal('closed until 11-23T02:00')
  })

  it('takes a pause that does not say its end for none', () => {
    expect(stands({ value: 'paused' }, '2026-11-22T05:00:00Z')).to.equal('open')
  })
})
