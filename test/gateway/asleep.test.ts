import { expect } from 'chai'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { ASLEEP, Asleep, type AsleepEntry } from '../../server/gateway/asleep.ts'
import { GANGNAM, northOf, Town } from './pusher-town.ts'

const rider = { role: 'rider', id: 'rider-1' } as const

describe('who is asleep', () => {
  let clock: HandClock
  let bucket: MemoryBucket<AsleepEntry>
  const gateway = (name: string) => new Asleep({ bucket, clock, gateway: name, logger: { warn: () => {} } })
  const ids = async (asleep: Asleep, radiusM = 3_000) => (await asleep.near(GANGNAM, radiusM)).map(({ riderId }) => riderId)

  beforeEach(() => {
    clock = new HandClock(0)
    bucket = new MemoryBucket(clock, ASLEEP.ttlMs)
  })

  it('is found around a place, nearest first, by exact distance', async () => {
    const asleep = gateway('g-1')
    for (const [id, metres] of [
      ['far', 3_100],
      ['near', 200],
      ['middle', 2_900],
    ] as const)
      asleep.falls(id, northOf(GANGNAM, metres), () => false)
    await asleep.stop()
    expect(await ids(asleep)).to.deep.equal(['near', 'middle'])
  })

  it('wakes by connecting, to whichever gateway', async () => {
    const [one, two] = [gateway('g-1'), gateway('g-2')]
    one.wakes('rider-1')
    one.falls('rider-1', GANGNAM, () => false)
    await one.stop()
    expect(await ids(two)).to.deep.equal(['rider-1'])
    two.wakes('rider-1')
    await two.stop()
    expect(await ids(one)).to.deep.equal([])
  })

  it('does not fall asleep by a socket that is noticed to be dead after a new one was opened elsewhere', async () => {
    const [one, two] = [gateway('g-1'), gateway('g-2')]
    one.wakes('rider-1')
    await one.stop()
    two.wakes('rider-1')
    await two.stop()
    one.falls('rider-1', GANGNAM, () => false)
    await one.stop()
    expect(await ids(one)).to.deep.equal([])
  })

  it('does not fall asleep when he is back before it is written', async () => {
    const asleep = gateway('g-1')
    asleep.falls('rider-1', GANGNAM, () => true)
    await asleep.stop()
    expect(await ids(asleep)).to.deep.equal([])
  })

  it('is forgotten after half an hour, or when told so', async () => {
    const asleep = gateway('g-1')
    asleep.falls('rider-1', GANGNAM, () => false)
    asleep.falls('rider-2', GANGNAM, () => false)
    await asleep.stop()
    const [sleeper] = (await asleep.near(GANGNAM, 100)).filter(({ riderId }) => riderId === 'rider-2')
    if (sleeper) await asleep.forget(sleeper)
    expect(await ids(asleep)).to.deep.equal(['rider-1'])
    clock.advance(ASLEEP.ttlMs)
    expect(await ids(asleep)).to.deep.equal([])
  })

  it('is a rider on duty whose last socket has gone, where he was, and nobody else', async () => {
    await using town = await Town.open()
    await town.rider('rider-1', GANGNAM)
    await town.rider('rider-2', GANGNAM)
    const [first, second] = [await town.joins(rider), await town.joins(rider)]
    const other = await town.joins({ role: 'rider', id: 'rider-2' })
    await town.tell('rider/rider-2', { type: 'goOffline' })
    first.connection.close()
    other.connection.close()
    await town.asleep.stop()
    expect(await ids(town.asleep), 'one has another socket, the other is off duty').to.deep.equal([])
    second.connection.close()
    await town.asleep.stop()
    expect(await ids(town.asleep)).to.deep.equal(['rider-1'])
    await town.joins(rider)
    await town.asleep.stop()
    expect(await ids(town.asleep)).to.deep.equal([])
  })
})
