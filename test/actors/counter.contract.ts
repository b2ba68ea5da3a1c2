import { expect } from 'chai'
import type { Counter } from '../../actors/counter.ts'

export interface CountersUnderTest extends AsyncDisposable {
  /** The same counts, as another process sees them. */
  another(): Promise<Counter>
}

/** What every counter must do; each twin is run through it. */
export const counterContract = (name: string, open: () => Promise<CountersUnderTest>): void => {
  describe(`the ${name} counter`, () => {
    let counters: CountersUnderTest
    before(async () => {
      counters = await open()
    })
    after(() => counters[Symbol.asyncDispose]())

    it('begins at nothing, adds and takes away', async () => {
      const counter = await counters.another()
      expect(await counter.sum('shop.1')).to.equal(0)
      expect([await counter.add('shop.1', 1), await counter.add('shop.1', 5), await counter.add('shop.1', -2)]).to.deep.equal([1, 6, 4])
      expect(await counter.add('shop.1', 0)).to.equal(4)
      expect(await counter.sum('shop.1')).to.equal(4)
      expect(await counter.add('shop.1', -10)).to.equal(-6)
    })

    it('keeps each key apart', async () => {
      const counter = await counters.another()
      await counter.add('shop.2', 3)
      expect([await counter.add('shop.3', 1), await counter.add('shop-2.2', 1), await counter.sum('shop.2')]).to.deep.equal([1, 1, 3])
    })

    it('tells every sum once, though several processes count at the same time', async () => {
      const processes = await Promise.all([counters.another(), counters.another(), counters.another()])
      const told = await Promise.all(Array.from({ length: 150 }, (_, i) => processes[i % 3]?.add('rush.1', 1)))
      expect(told.toSorted((a, b) => Number(a) - Number(b))).to.deep.equal(Array.from({ length: 150 }, (_, i) => i + 1))
      expect(await (await counters.another()).sum('rush.1')).to.equal(150)
    })

    it('counts whole numbers only', async () => {
      const counter = await counters.another()
      for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        const error = await counter.add('shop.4', amount).then(
          () => undefined,
          thrown => thrown,
        )
        expect(error).to.be.instanceOf(RangeError)
      }
      expect(await counter.sum('shop.4')).to.equal(0)
    })
  })
}
