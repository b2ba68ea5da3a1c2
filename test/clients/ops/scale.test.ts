import { expect } from 'chai'
import { KEPT_MS, type Sample, withSample } from '../../../clients/ops/system/samples.ts'
import { GAP_MS, linesOf, rangeOf, topOf } from '../../../clients/ops/system/scale.ts'

const points = (...values: readonly (number | undefined)[]) => values.map((value, i) => ({ atMs: i * 2_000, value }))

describe('the scale of a chart', () => {
  it('ends at the next 1, 2 or 5, and at 1 when there is nothing', () => {
    expect([0, 0.3, 1, 1.1, 4, 5, 7, 20, 21, 999].map(topOf)).to.deep.equal([1, 0.5, 1, 2, 5, 5, 10, 20, 50, 1_000])
  })

  it('knows the least, the most and the newest of what is known', () => {
    expect(rangeOf(points(3, undefined, 9, 1, undefined))).to.deep.equal({ least: 1, most: 9, last: 1 })
    expect(rangeOf(points(undefined))).to.equal(undefined)
    expect(rangeOf([])).to.equal(undefined)
  })

  it('draws the oldest on the left and nothing at the bottom', () => {
    const box = { width: 100, height: 50 }
    expect(linesOf(points(0, 5, 10), { fromMs: 0, toMs: 4_000 }, 10, box)).to.deep.equal(['0,50 50,25 100,0'])
    expect(linesOf(points(0, 5, 10), { fromMs: 2_000, toMs: 6_000 }, 5, box), 'what is older, or too much, is cut').to.deep.equal([
      '0,0 50,0',
    ])
  })

  it('leaves a gap where nothing was known, and where nobody asked', () => {
    const box = { width: 100, height: 10 }
    const span = { fromMs: 0, toMs: 10_000 }
    expect(linesOf(points(1, 1, undefined, 1), span, 1, box)).to.deep.equal(['0,0 20,0', '60,0'])
    const slept = [
      { atMs: 0, value: 1 },
      { atMs: GAP_MS + 1, value: 1 },
    ]
    expect(linesOf(slept, span, 1, box)).to.have.length(2)
  })
})

describe('the past of a gateway', () => {
  const sample = (atMs: number, gateway = 'g-1'): Sample => ({
    atMs,
    figures: { gateway, since: '', commandsPerS: 0, ordersPerS: 0, pushesPerS: 0, sockets: 0, loopDelayMs: 0 },
  })
  const times = (samples: readonly Sample[]): number[] => samples.map(({ atMs }) => atMs)

  it('goes back ten minutes', () => {
    const kept = withSample([sample(0), sample(2_000)], sample(KEPT_MS + 1_000))
    expect(times(kept)).to.deep.equal([2_000, KEPT_MS + 1_000])
  })

  it('begins anew when another gateway answers', () => {
    expect(times(withSample([sample(0), sample(2_000)], sample(4_000, 'g-2')))).to.deep.equal([4_000])
  })

  it('does not run backwards when the clock was set', () => {
    expect(times(withSample([sample(0), sample(2_000)], sample(1_000)))).to.deep.equal([0, 1_000])
  })
})
