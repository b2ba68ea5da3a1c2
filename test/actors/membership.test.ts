import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { type HostSign, MEMBERSHIP_TTL_MS, Membership } from '../../actors/membership.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'

/** A bucket that can be cut off, as by a network. */
class CutBucket extends MemoryBucket<HostSign> {
  cut = false
  override async put(key: string, value: HostSign): Promise<void> {
    if (this.cut) throw new Error('cut off')
    await super.put(key, value)
  }
  override async all(): Promise<ReadonlyMap<string, HostSign>> {
    if (this.cut) throw new Error('cut off')
    return await super.all()
  }
}

const town = () => {
  const clock = new HandClock(0)
  const signals = new MemorySignals()
  const shared = new MemoryBucket<HostSign>(clock, MEMBERSHIP_TTL_MS)
  const join = async (host: string, bucket: MemoryBucket<HostSign> = shared) => {
    const seen: string[] = []
    const membership = new Membership({ host, bucket, signals, clock, onChange: async hosts => void seen.push(hosts.join(' ')) })
    await membership.join()
    return { membership, seen }
  }
  const pass = async (ms: number): Promise<void> => {
    for (let past = 0; past < ms; past += 100) {
      clock.advance(100)
      for (let i = 0; i < 10; i++) await turn()
    }
  }
  return { clock, shared, join, pass }
}

describe('the membership of hosts', () => {
  it('tells everyone of a newcomer and of a goodbye at once', async () => {
    const { join, pass } = town()
    const a = await join('a')
    const b = await join('b')
    await pass(0)
    await turn()
    expect([a.membership.hosts, b.membership.hosts]).to.deep.equal([
      ['a', 'b'],
      ['a', 'b'],
    ])
    await b.membership.leave()
    await turn()
    await turn()
    expect(a.seen).to.deep.equal(['a', 'a b', 'a'])
  })

  it('gives up a host that signs no more', async () => {
    const { clock, join, pass } = town()
    const a = await join('a')
    const silent = new MemoryBucket<HostSign>(clock, MEMBERSHIP_TTL_MS)
    await join('elsewhere', silent)
    await pass(3 * MEMBERSHIP_TTL_MS)
    expect(a.membership.hosts).to.deep.equal(['a'])
  })

  it('keeps a host that signs, however long', async () => {
    const { join, pass } = town()
    const a = await join('a')
    const b = await join('b')
    await pass(5 * MEMBERSHIP_TTL_MS)
    expect(a.membership.hosts).to.deep.equal(['a', 'b'])
    expect(b.membership.hosts).to.deep.equal(['a', 'b'])
  })

  it('stands by the last known hosts while it is cut off, and comes back', async () => {
    const { clock, pass, join } = town()
    const bucket = new CutBucket(clock, MEMBERSHIP_TTL_MS)
    const a = await join('a', bucket)
    const b = await join('b', bucket)
    await pass(100)
    bucket.cut = true
    await pass(3 * MEMBERSHIP_TTL_MS)
    expect(a.membership.hosts).to.deep.equal(['a', 'b'])
    bucket.cut = false
    await pass(MEMBERSHIP_TTL_MS)
    expect([a.membership.hosts, b.membership.hosts]).to.deep.equal([
      ['a', 'b'],
      ['a', 'b'],
    ])
  })
})
