import { expect } from 'chai'
import { Rest } from '../../server/outside/rest.ts'

describe('a rest for a silent provider', () => {
  it('lets everyone pass while it answers', () => {
    const rest = new Rest(() => 0)
    expect([rest.enter(), rest.enter(), rest.enter()]).to.deep.equal([0, 0, 0])
  })

  it('holds all after a silence, then lets one go ahead', () => {
    let now = 0
    const rest = new Rest(() => now)
    rest.silent()
    rest.silent() // of a call that was under way, too
    expect(rest.enter()).to.equal(1_000)
    now = 1_000
    expect([rest.enter(), rest.enter()]).to.deep.equal([0, 1_000])
    rest.leave()
    expect([rest.enter(), rest.enter()]).to.deep.equal([0, 1_000])
    rest.answered()
    expect([rest.enter(), rest.enter()]).to.deep.equal([0, 0])
  })

  it('rests twice as long after each further silence, a minute at most', () => {
    let now = 0
    const rest = new Rest(() => now)
    const rests = Array.from({ length: 8 }, () => {
      rest.silent()
      const restMs = rest.enter()
      now += restMs
      expect(rest.enter()).to.equal(0)
      return restMs / 1_000
    })
    expect(rests).to.deep.equal([1, 2, 4, 8, 16, 32, 60, 60])
  })
})
