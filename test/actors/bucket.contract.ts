import { expect } from 'chai'
import type { Bucket } from '../../actors/bucket.ts'

export interface BucketUnderTest extends AsyncDisposable {
  readonly bucket: Bucket<unknown>
  /** Waits until something is so, letting time go by. */
  until(what: string, met: () => Promise<boolean>): Promise<void>
}

/** What every twin of the bucket must do. */
export const bucketContract = (name: string, open: () => Promise<BucketUnderTest>): void => {
  describe(`a bucket (${name})`, () => {
    let world: BucketUnderTest
    let bucket: Bucket<unknown>
    before(async () => {
      world = await open()
      bucket = world.bucket
    })
    after(() => world[Symbol.asyncDispose]())

    it('gives a key to the first who claims it, and to the next when it was given back', async () => {
      expect(await bucket.create('claimed.once', 1)).to.equal(true)
      expect(await bucket.create('claimed.once', 2)).to.equal(false)
      expect(await bucket.get('claimed.once')).to.equal(1)
      await bucket.delete('claimed.once')
      expect(await bucket.get('claimed.once')).to.equal(undefined)
      expect(await bucket.create('claimed.once', 3)).to.equal(true)
    })

    it('keeps the newest value', async () => {
      await bucket.put('kept', { n: 1 })
      await bucket.put('kept', { n: 2 })
      expect(await bucket.get('kept')).to.deep.equal({ n: 2 })
    })

    it('finds what matches a pattern, or one of several, and nothing else', async () => {
      for (const key of ['o-1.placed.a', 'o-1.cooked.a', 'o-1', 'o-10.placed.a', 'o-2.placed.a']) await bucket.put(key, key)
      await bucket.delete('o-1.cooked.a')
      const keysOf = async (patterns: string | readonly string[]) => [...(await bucket.find(patterns)).keys()].sort()
      expect(await keysOf('o-1.>')).to.deep.equal(['o-1.placed.a'])
      expect(await keysOf(['o-1.*.a', 'o-2.>', 'o-3.>'])).to.deep.equal(['o-1.placed.a', 'o-2.placed.a'])
      expect(await keysOf('o-4.>')).to.deep.equal([])
      expect(await keysOf([])).to.deep.equal([])
      expect((await bucket.find('o-2.>')).get('o-2.placed.a')).to.equal('o-2.placed.a')
    })

    it('lists everything alive, and forgets it after its time', async () => {
      await bucket.put('short.lived', 1)
      expect([...(await bucket.all()).keys()]).to.include('short.lived')
      await world.until('its time is over', async () => (await bucket.get('short.lived')) === undefined)
      expect([...(await bucket.all()).keys()]).to.not.include('short.lived')
      expect(await bucket.create('short.lived', 2)).to.equal(true)
    })
  })
}
