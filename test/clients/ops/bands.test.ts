import { expect } from 'chai'
import { type Band, bandsOf, openingsIn, rectsOf } from '../../../clients/ops/breakers/bands.ts'
import type { BreakerChangeView } from '../../../server/contract/breakers.ts'

let version = 0
const change = (s: number, state: BreakerChangeView['state'], forced = false): BreakerChangeView => ({
  version: ++version,
  state,
  forced,
  at: new Date(s * 1_000).toISOString(),
  by: 'system/test',
  reason: 'r',
  share: 1,
})
const told = (bands: readonly Band[]) =>
  bands.map(({ fromMs, toMs, state, forced }) => [fromMs / 1_000, toMs / 1_000, forced ? `forced ${state}` : state])

describe('the bands of a breaker', () => {
  const newestFirst = [change(30, 'closed'), change(25, 'halfOpen'), change(20, 'open'), change(10, 'closed')]

  it('are its states between one change and the next, the last one until now', () => {
    expect(told(bandsOf(newestFirst, { fromMs: 0, toMs: 60_000 }))).to.deep.equal([
      [10, 20, 'closed'],
      [20, 25, 'open'],
      [25, 30, 'halfOpen'],
      [30, 60, 'closed'],
    ])
  })

  it('begin in the state that the span finds it in', () => {
    expect(told(bandsOf(newestFirst, { fromMs: 22_000, toMs: 28_000 }))).to.deep.equal([
      [22, 25, 'open'],
      [25, 28, 'halfOpen'],
    ])
    expect(bandsOf([], { fromMs: 0, toMs: 1 })).to.deep.equal([])
  })

  it('are one where only the share or the reason changed, and two where somebody took it in hand', () => {
    const steps = [change(40, 'open', true), change(30, 'open'), change(20, 'halfOpen'), change(10, 'halfOpen')]
    expect(told(bandsOf(steps, { fromMs: 0, toMs: 50_000 }))).to.deep.equal([
      [10, 30, 'halfOpen'],
      [30, 40, 'open'],
      [40, 50, 'forced open'],
    ])
  })

  it('say how often it was open, and how long in all', () => {
    const twice = [change(50, 'closed'), change(45, 'open'), ...newestFirst]
    expect(openingsIn(bandsOf(twice, { fromMs: 0, toMs: 60_000 }))).to.deep.equal({ times: 2, ms: 10_000 })
    expect(openingsIn([])).to.deep.equal({ times: 0, ms: 0 })
  })

  it('show two seconds in a week, inside the picture and over what is closed', () => {
    const week = 7 * 86_400
    const rects = rectsOf(
      bandsOf([change(week - 2, 'open'), change(0, 'closed')], { fromMs: 0, toMs: week * 1_000 }),
      { fromMs: 0, toMs: week * 1_000 },
      1_000,
    )
    const last = rects.at(-1)
    expect(last?.band.state).to.equal('open')
    expect(last?.width).to.equal(4)
    expect((last?.x ?? 0) + 4).to.be.at.most(1_000)
  })
})
