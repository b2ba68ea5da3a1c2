import { expect } from 'chai'
import { Sequence, type Shelf } from '../../../clients/rider/sequence.ts'

const shelf = (): Shelf & { full: boolean } => {
  const texts = new Map<string, string>()
  return {
    full: false,
    getItem: name => texts.get(name) ?? null,
    setItem(name, text) {
      if (this.full) throw new Error('the quota is used up')
      texts.set(name, text)
    },
  }
}
const NAME = 'positions of rider-1'

describe('the count of a device', () => {
  it('grows with each position, also within one millisecond, and also when the clock is set back', () => {
    let nowMs = 1_000
    const count = new Sequence(shelf(), NAME, () => nowMs)
    const first = [count.next(), count.next()]
    nowMs = 10
    expect([...first, count.next()]).to.deep.equal([1_000, 1_001, 1_002])
  })

  it('goes on after a reload where it was, whatever the clock says then', () => {
    const kept = shelf()
    const before = new Sequence(kept, NAME, () => 5_000).next()
    expect(new Sequence(kept, NAME, () => 10).next()).to.equal(before + 1)
  })

  it('is shared by two tabs of one device', () => {
    const kept = shelf()
    const [one, two] = [new Sequence(kept, NAME, () => 0), new Sequence(kept, NAME, () => 0)]
    expect([one.next(), two.next(), one.next(), two.next()]).to.deep.equal([1, 2, 3, 4])
  })

  it('begins above another device that reported before', () => {
    const other = new Sequence(shelf(), NAME, () => 60_000).next()
    expect(new Sequence(shelf(), NAME, () => 61_000).next()).to.be.above(other)
  })

  it('still grows when nothing can be kept, or when what was kept is no number', () => {
    const kept = shelf()
    kept.setItem(NAME, 'nonsense')
    kept.full = true
    const count = new Sequence(kept, NAME, () => 7)
    expect([count.next(), count.next()]).to.deep.equal([7, 8])
  })
})
