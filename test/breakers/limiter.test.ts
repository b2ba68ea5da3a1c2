import { expect } from 'chai'
import { Limiter } from '../../server/breakers/limiter.ts'
import { Provider, type ProviderSettings } from './provider.ts'

const BOUNDS = { least: 2, most: 200, first: 8 }
const MINUTE = 60_000
const steady = (capacity: number, ms = 300): ProviderSettings => ({ capacity, ms, differ: 0.02 })

/** A provider and its callers, who have seen a call or two in quiet times. */
const known = (settings: ProviderSettings, limiters: readonly Limiter[] = [new Limiter(BOUNDS)], seed = 1): Provider => {
  const provider = new Provider(settings, limiters, seed)
  provider.wanted = 1
  provider.run(MINUTE)
  provider.wanted = Number.POSITIVE_INFINITY
  return provider
}

describe('the limiter', () => {
  it('finds a provider’s capacity, uses it, and stays within a tenth of it', () => {
    for (const capacity of [10, 20, 40, 100]) {
      const { goodput, worst } = known(steady(capacity)).run(3 * MINUTE)
      expect(goodput, `capacity ${capacity}`).to.be.above(0.95)
      expect(worst, `capacity ${capacity}`).to.be.at.most(1.1)
    }
  })

  it('does so where one call takes several times as long as another', () => {
    const seeds = [1, 2, 3, 4, 5, 6]
    for (const differ of [0.3, 0.6, 1]) {
      const settings = { capacity: 10, ms: 300, differ }
      const outcomes = seeds.map(seed => known(settings, [new Limiter(BOUNDS)], seed).run(3 * MINUTE))
      const used = outcomes.map(({ goodput }) => goodput)
      expect(used.reduce((sum, each) => sum + each) / seeds.length, `on the average, differ ${differ}`).to.be.above(0.9)
      expect(Math.min(...used), `at the worst, differ ${differ}`).to.be.above(0.65)
      expect(Math.max(...outcomes.map(({ mean }) => mean)), `asked for, differ ${differ}`).to.be.at.most(1.18)
    }
  })

  it('shares a provider with another worker’s, and neither is left out', () => {
    const limiters = [new Limiter(BOUNDS), new Limiter(BOUNDS)]
    const { goodput, mean } = known(steady(20), limiters).run(3 * MINUTE)
    expect(goodput).to.be.above(0.95)
    expect(mean).to.be.at.most(1.12)
    expect(Math.min(...limiters.map(({ limit }) => limit))).to.be.at.least(3)
  })

  it('does not grow while nobody needs more', () => {
    const limiter = new Limiter(BOUNDS)
    const provider = new Provider(steady(100), [limiter])
    provider.wanted = 3
    provider.run(MINUTE)
    expect(limiter.limit).to.equal(BOUNDS.first)
  })

  it('follows a provider that can do less, and one that can do more again', () => {
    const limiter = new Limiter(BOUNDS)
    const provider = known(steady(100, 100), [limiter])
    provider.run(2 * MINUTE)
    expect(limiter.limit).to.be.within(70, 111)
    provider.settings = steady(30, 100)
    expect(provider.run(2 * MINUTE).worst).to.be.at.most(1.12)
    provider.settings = steady(100, 100)
    provider.run(2 * MINUTE)
    expect(provider.run(MINUTE).goodput).to.be.above(0.9)
  })

  it('believes a provider that has become slower for good, and keeps its bounds', () => {
    const limiter = new Limiter({ ...BOUNDS, most: 50 })
    const provider = new Provider(steady(1_000, 100), [limiter])
    provider.run(MINUTE)
    expect(limiter.limit).to.be.within(35, 50)
    provider.settings = steady(1_000, 500)
    provider.run(4 * MINUTE)
    expect(limiter.limit).to.be.within(35, 50)
    expect(limiter.usualMs).to.be.within(480, 520)
  })
})
