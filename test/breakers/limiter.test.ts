import { expect } from 'chai'
import { Limiter } from '../../server/breakers/limiter.ts'

const BOUNDS = { least: 4, most: 200, first: 8 }

let nowMs = 0

/** A provider that does `capacity` calls at once in `ms` each; the others stand in line. */
const provider = (capacity: number, ms: number, wobble: (i: number) => number = () => 0) => {
  let calls = 0
  return {
    /** Lets as many calls end as the limiter allows at once, so many times; answers the highest limit seen. */
    serve(limiter: Limiter, rounds: number, wanted = Number.POSITIVE_INFINITY): number {
      let highest = 0
      for (let round = 0; round < rounds; round++) {
        const inFlight = Math.min(limiter.limit, wanted)
        const tookMs = ms * Math.max(1, inFlight / capacity)
        nowMs += tookMs
        for (let i = 0; i < inFlight; i++) limiter.took(tookMs + wobble(calls++), inFlight, nowMs)
        highest = Math.max(highest, limiter.limit)
      }
      return highest
    },
  }
}

describe('the limiter', () => {
  it('finds a provider’s capacity and stays within a tenth of it', () => {
    for (const capacity of [20, 40, 100]) {
      const limiter = new Limiter(BOUNDS)
      const psp = provider(capacity, 100, i => (i * 7) % 20)
      psp.serve(limiter, 80)
      const highest = psp.serve(limiter, 300)
      expect(limiter.limit, `capacity ${capacity}`).to.be.within(0.9 * capacity, 1.1 * capacity + 1)
      expect(highest, `capacity ${capacity}`).to.be.at.most(1.1 * capacity + 1)
    }
  })

  it('does not grow while nobody needs more', () => {
    const limiter = new Limiter(BOUNDS)
    provider(100, 100).serve(limiter, 100, 3)
    expect(limiter.limit).to.equal(BOUNDS.first)
  })

  it('follows a provider that can do less, and one that can do more again', () => {
    const limiter = new Limiter(BOUNDS)
    provider(100, 100).serve(limiter, 100)
    provider(30, 100).serve(limiter, 100)
    expect(limiter.limit).to.be.within(27, 34)
    provider(100, 100).serve(limiter, 100)
    expect(limiter.limit).to.be.within(90, 111)
  })

  it('believes a provider that has become slower for good, and keeps its bounds', () => {
    const limiter = new Limiter({ ...BOUNDS, most: 50 })
    provider(1_000, 20).serve(limiter, 400)
    expect(limiter.limit).to.equal(50)
    provider(1_000, 2_000).serve(limiter, 400)
    expect(limiter.limit).to.equal(50)
    expect(limiter.usualMs).to.be.within(1_900, 2_100)
  })
})
