import { expect } from 'chai'
import { Pace } from '../../server/consumers/notifier-pace.ts'
import { Waiting } from '../../server/consumers/notifier-waiting.ts'

describe('the pace towards the provider', () => {
  it('lets so many go in a second, and tells the next when to come again', async () => {
    const pace = new Pace({ ratePerS: 3, random: () => 0.5 })
    expect(pace.look(0)).to.equal(0)
    for (let i = 0; i < 3; i++) expect(await pace.enter(0)).to.equal(0)
    const again = await pace.enter(0)
    expect(again).to.be.within(1, 1_000)
    expect(pace.look(0), 'who only looks hears the same').to.be.within(1, 1_000)
  })

  it('spreads those who wait over the time that it takes to serve them, a minute at most', () => {
    const pace = new Pace({ ratePerS: 50, random: () => 0.5 })
    expect(pace.spread(200, 0)).to.equal(200)
    expect(pace.spread(200, 1_000)).to.equal(200 + 10_000)
    expect(pace.spread(200, 10_000)).to.equal(60_000)
  })
})

describe('what waits', () => {
  it('is counted, and is as old as its oldest', () => {
    const waiting = new Waiting()
    expect([waiting.size, waiting.ageMs(5_000)]).to.deep.equal([0, 0])
    waiting.add(1, 1_000)
    waiting.add(2, 3_000)
    waiting.add(2, 3_000)
    expect([waiting.size, waiting.ageMs(5_000)]).to.deep.equal([2, 4_000])
    waiting.delete(1)
    expect([waiting.size, waiting.ageMs(5_000)]).to.deep.equal([1, 2_000])
  })
})
