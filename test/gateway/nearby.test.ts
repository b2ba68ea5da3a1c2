import { expect } from 'chai'
import type { Announced } from '../../server/gateway/board.ts'
import { Interest } from '../../server/gateway/interest.ts'
import { Nearby } from '../../server/gateway/nearby.ts'
import { GANGNAM, northOf, RINGS, Town, until } from './pusher-town.ts'

describe('one rider’s window on the board', () => {
  let town: Town
  beforeEach(async () => {
    town = await Town.open()
  })
  afterEach(() => town[Symbol.asyncDispose]())

  const windowOf = (deliveries = new Interest<Announced>((subject, deliver) => town.log.live(subject, deliver))) => {
    const found: string[] = []
    const gone: string[] = []
    const nearby = new Nearby({
      board: town.board,
      deliveries,
      rings: RINGS,
      clock: town.clock,
      found: ({ orderId }) => found.push(orderId),
      gone: ({ orderId, reason }) => gone.push(`${orderId} ${reason}`),
    })
    return { nearby, deliveries, found, gone }
  }

  it('finds what waited, what comes, and what comes near because he moves', async () => {
    await town.cooked('o_waits')
    await town.cooked('o_beyond', { to: northOf(GANGNAM, 1_400) })
    const { nearby, found } = windowOf()
    await nearby.move(GANGNAM)
    expect(nearby.start()?.map(({ orderId }) => orderId)).to.deep.equal(['o_waits'])
    await town.cooked('o_comes')
    await town.cooked('o_elsewhere', { to: northOf(GANGNAM, 20_000) })
    await until('o_comes', () => found.length > 0)
    await nearby.move(northOf(GANGNAM, 500))
    expect(found).to.deep.equal(['o_comes', 'o_beyond'])
    await nearby.move(northOf(GANGNAM, 20_000))
    expect(found).to.deep.equal(['o_comes', 'o_beyond', 'o_elsewhere'])
  })

  it('finds a delivery as soon as the ring of its age reaches him, by exact distance and without a move', async () => {
    const metres = { o_1000: 999, o_1001: 1_001, o_3000: 2_999, o_3001: 3_001, o_5000: 4_999, o_5001: 5_001 }
    for (const [id, distance] of Object.entries(metres)) await town.cooked(id, { to: northOf(GANGNAM, distance) })
    const { nearby, found } = windowOf()
    await nearby.move(GANGNAM)
    expect(nearby.start()?.map(({ orderId }) => orderId)).to.deep.equal(['o_1000'])
    const foundAfter = (ms: number): string[] => {
      town.clock.advance(ms)
      return found.splice(0)
    }
    expect([foundAfter(14_999), foundAfter(1), foundAfter(29_999), foundAfter(1), foundAfter(3_600_000)]).to.deep.equal([
      [],
      ['o_1001', 'o_3000'],
      [],
      ['o_3001', 'o_5000'],
      [],
    ])
  })

  it('shows a rider who comes late all that the rings have reached meanwhile, nearest first', async () => {
    await town.cooked('o_4km', { to: northOf(GANGNAM, 4_000) })
    await town.cooked('o_2km', { to: northOf(GANGNAM, 2_000) })
    town.clock.advance(45_000)
    await town.cooked('o_young', { to: northOf(GANGNAM, 2_500) })
    const { nearby } = windowOf()
    await nearby.move(GANGNAM)
    expect(nearby.start()?.map(({ orderId }) => orderId)).to.deep.equal(['o_2km', 'o_4km'])
  })

  it('waits for the ring of each, though the next one comes later and nearer', async () => {
    const { nearby, found } = windowOf()
    await nearby.move(GANGNAM)
    nearby.start()
    await town.cooked('o_4km', { to: northOf(GANGNAM, 4_000) })
    town.clock.advance(40_000)
    await town.cooked('o_2km', { to: northOf(GANGNAM, 2_000) })
    await town.cooked('o_here')
    await until('the last of them is known', () => found.length > 0)
    town.clock.advance(5_000)
    expect(found).to.deep.equal(['o_here', 'o_4km'])
    town.clock.advance(10_000)
    expect(found).to.deep.equal(['o_here', 'o_4km', 'o_2km'])
  })

  it('never shows what was taken before its ring came', async () => {
    await town.cooked('o_1', { to: northOf(GANGNAM, 2_000) })
    const { nearby, found, gone } = windowOf()
    await nearby.move(GANGNAM)
    nearby.start()
    await town.picked('o_1', 'rider-2')
    await town.cooked('o_2')
    await until('what came after is known', () => found.length > 0)
    town.clock.advance(60_000)
    expect([found, gone]).to.deep.equal([['o_2'], []])
  })

  it('loses none, and shows none that is claimed, when both happen during the read', async () => {
    await town.cooked('o_claimed')
    const { nearby, found, gone } = windowOf()
    const moving = nearby.move(GANGNAM)
    await town.picked('o_claimed', 'rider-2')
    await town.cooked('o_new')
    await moving
    await until('both are known', async () => {
      const shown = nearby.start() ?? []
      found.push(...shown.map(({ orderId }) => orderId))
      return found.includes('o_new')
    })
    expect([found, gone]).to.deep.equal([['o_new'], []])
  })

  it('tells that a delivery is gone only to who was shown it', async () => {
    await town.cooked('o_1')
    await town.cooked('o_far', { to: northOf(GANGNAM, 3_400) })
    const { nearby, gone } = windowOf()
    await nearby.move(GANGNAM)
    nearby.start()
    await town.picked('o_far', 'rider-2')
    await town.picked('o_1', 'rider-2')
    await until('o_1 is gone', () => gone.length > 0)
    expect(gone).to.deep.equal(['o_1 picked'])
  })

  it('shows a hundred at most, the nearest, and the next one when one of them is gone', async () => {
    for (let i = 101; i > 0; i--) await town.cooked(`o_${i}`, { to: northOf(GANGNAM, i * 5) })
    const { nearby, found } = windowOf()
    await nearby.move(GANGNAM)
    const shown = nearby.start()?.map(({ orderId }) => orderId) ?? []
    expect([shown.length, shown[0], shown.at(-1)]).to.deep.equal([100, 'o_1', 'o_100'])
    await town.picked('o_7', 'rider-2')
    await until('another takes its place', () => found.length > 0)
    expect(found).to.deep.equal(['o_101'])
  })

  it('holds the cells of the widest ring, and nothing any more once he has left', async () => {
    await town.cooked('o_far', { to: northOf(GANGNAM, 2_000) })
    const { nearby, deliveries, found } = windowOf()
    const moving = nearby.move(GANGNAM)
    expect(deliveries.size).to.equal(61)
    await moving
    nearby.start()
    nearby.leave()
    expect(deliveries.size).to.equal(0)
    town.clock.advance(60_000)
    expect(found).to.deep.equal([])
  })
})
