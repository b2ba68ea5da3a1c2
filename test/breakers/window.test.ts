import { expect } from 'chai'
import type { Report } from '../../server/breakers/report.ts'
import { Window } from '../../server/breakers/window.ts'

const SETTINGS = { windowMs: 10_000, windowCalls: 100 }
const report = (changes: Partial<Report>): Report => ({
  name: 'confirm',
  worker: 'w-1',
  at: '2026-05-01T09:00:00.000Z',
  calls: 0,
  failures: 0,
  slow: 0,
  inFlight: 0,
  overdue: 0,
  limit: 16,
  usualMs: 100,
  sinceGoodMs: 0,
  ...changes,
})

describe('the window', () => {
  it('adds up what all workers saw, of the newest calls and of the newest time', () => {
    const window = new Window()
    window.take(report({ calls: 90, failures: 90 }), 0)
    window.take(report({ calls: 30, failures: 3, slow: 2, inFlight: 4, overdue: 1, sinceGoodMs: 40 }), 9_000)
    window.take(report({ worker: 'w-2', calls: 30, failures: 1, inFlight: 5, limit: 20, sinceGoodMs: 10 }), 9_100)
    expect(window.figures(9_200, { ...SETTINGS, windowCalls: 60 }, 0)).to.deep.equal({
      calls: 60,
      failures: 4,
      slow: 2,
      inFlight: 9,
      overdue: 1,
      limit: 36,
      sinceGoodMs: 10,
    })
    expect(window.figures(9_200, SETTINGS, 0)).to.include({ calls: 150, failures: 94 })
    expect(window.figures(10_500, SETTINGS, 0)).to.include({ calls: 60, failures: 4 })
  })

  it('leaves out what ended before an instant, and workers that are gone', () => {
    const window = new Window()
    window.take(report({ calls: 30, failures: 30, inFlight: 8 }), 1_000)
    window.take(report({ worker: 'w-2', calls: 5, inFlight: 3 }), 2_000)
    expect(window.figures(2_100, SETTINGS, 1_500)).to.include({ calls: 5, failures: 0, inFlight: 11 })
    expect(window.figures(2_600, SETTINGS, 0)).to.include({ calls: 35, inFlight: 3, limit: 16 })
    expect(window.figures(20_000, SETTINGS, 0)).to.include({ calls: 0, inFlight: 0 })
  })

  it('tells how many calls a second all of them could end', () => {
    const window = new Window()
    window.take(report({ limit: 20, usualMs: 200 }), 1_000)
    window.take(report({ worker: 'w-2', limit: 10, usualMs: 50 }), 1_000)
    expect(window.perS(1_100)).to.equal(300)
    expect(window.perS(60_000)).to.equal(0)
  })
})
