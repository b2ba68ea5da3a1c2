import { expect } from 'chai'
import { Gathered } from '../../server/db/gathered.ts'

describe('questions that are gathered', () => {
  it('go alone when they are alone, together in a crowd, and each gets its own answer', async () => {
    const asked: (readonly number[])[] = []
    const doubled = new Gathered<number, number>(100, async keys => {
      asked.push(keys)
      return keys.map(key => 2 * key)
    })
    const answers = await Promise.all(Array.from({ length: 250 }, (_, key) => doubled.of(key)))
    expect(answers).to.deep.equal(Array.from({ length: 250 }, (_, key) => 2 * key))
    expect(asked.map(({ length }) => length)).to.deep.equal([1, 100, 100, 49])
  })

  it('fail together, and are asked again after that', async () => {
    let up = false
    const gathered = new Gathered<string, string>(10, async keys => {
      if (!up) throw new Error('away')
      return keys
    })
    const failed = await Promise.allSettled([gathered.of('a'), gathered.of('b')])
    expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    up = true
    expect(await gathered.of('c')).to.equal('c')
  })
})
