import { expect } from 'chai'
import { ownerOf, shardsOf } from '../../actors/placement.ts'
import { SHARDS } from '../../actors/shards.ts'

const hosts = (count: number) => Array.from({ length: count }, (_, i) => `host-${i}`)
const owners = (names: readonly string[]) => Array.from({ length: SHARDS }, (_, shard) => ownerOf(shard, names))

describe('the placement of shards', () => {
  it('gives every shard to exactly one host, whatever order the hosts are told in', () => {
    const names = hosts(5)
    expect(names.flatMap(name => shardsOf(name, names)).sort((a, b) => a - b)).to.deep.equal(Array.from({ length: SHARDS }, (_, i) => i))
    expect(owners([...names].reverse())).to.deep.equal(owners(names))
  })

  it('spreads them: no host of three has more than twice its share', () => {
    for (let town = 0; town < 50; town++) {
      const names = hosts(3).map(name => `${name}-${town}`)
      for (const name of names) expect(shardsOf(name, names).length).to.be.within(SHARDS / 3 / 2.5, (SHARDS / 3) * 2)
    }
  })

  it('moves only the share of a host that comes or goes', () => {
    const before = owners(hosts(4))
    const after = owners(hosts(5))
    for (const [shard, owner] of after.entries()) if (owner !== 'host-4') expect(owner).to.equal(before[shard])
  })

  it('gives nothing to nobody', () => expect(ownerOf(0, [])).to.equal(undefined))
})
