import { expect } from 'chai'
import { cellOf, centerOf } from '../../machines/geo.ts'
import { type Announced, Nearby } from '../../server/gateway/board.ts'
import { Interest } from '../../server/gateway/interest.ts'
import { GANGNAM, northOf, Town, until } from './pusher-town.ts'

describe('the board of open deliveries', () => {
  let town: Town
  beforeEach(async () => {
    town = await Town.open()
  })
  afterEach(() => town[Symbol.asyncDispose]())

  it('shows what is within the radius by exact distance, nearest first, and never the door', async () => {
    await town.cooked('o_far', { to: northOf(GANGNAM, 3_100) })
    await town.cooked('o_mid', { to: northOf(GANGNAM, 2_900) })
    await town.cooked('o_near', { to: northOf(GANGNAM, 404) })
    const found = await town.board.near(GANGNAM)
    expect(found.map(({ orderId, distanceM }) => [orderId, distanceM])).to.deep.equal([
      ['o_near', 400],
      ['o_mid', 2_900],
    ])
    expect(found[0]).to.deep.equal({
      orderId: 'o_near',
      store: { id: 'store-1', name: '황금치킨', ...GANGNAM },
      area: centerOf(cellOf(northOf(GANGNAM, 404))),
      distanceM: 400,
      cookedAt: town.nowIso,
    })
    expect((await town.board.near(GANGNAM, 6_000)).map(({ orderId }) => orderId)).to.deep.equal(['o_near', 'o_mid', 'o_far'])
    expect(await town.board.near(GANGNAM, 100)).to.deep.equal([])
  })

  it('cuts a radius to six kilometres', async () => {
    await town.cooked('o_7km', { to: northOf(GANGNAM, 6_050) })
    expect(await town.board.near(GANGNAM, 50_000)).to.deep.equal([])
  })

  it('forgets a delivery that a rider has claimed', async () => {
    await town.cooked('o_1')
    await town.picked('o_1', 'rider-1')
    expect(await town.board.near(GANGNAM)).to.deep.equal([])
  })

  describe('through one rider’s window', () => {
    const windowOf = (deliveries: Interest<Announced>) => {
      const found: string[] = []
      const gone: string[] = []
      const nearby = new Nearby({
        board: town.board,
        deliveries,
        found: ({ orderId }) => found.push(orderId),
        gone: ({ orderId, reason }) => gone.push(`${orderId} ${reason}`),
      })
      return { nearby, found, gone }
    }
    const interest = () => new Interest<Announced>((subject, deliver) => town.log.live(subject, deliver))

    it('finds what waited, what comes, and what comes near because he moves', async () => {
      await town.cooked('o_waits')
      await town.cooked('o_beyond', { to: northOf(GANGNAM, 3_400) })
      const { nearby, found } = windowOf(interest())
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

    it('loses none, and shows none that is claimed, when both happen during the read', async () => {
      await town.cooked('o_claimed')
      const { nearby, found, gone } = windowOf(interest())
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
      const { nearby, gone } = windowOf(interest())
      await nearby.move(GANGNAM)
      nearby.start()
      await town.picked('o_far', 'rider-2')
      await town.picked('o_1', 'rider-2')
      await until('o_1 is gone', () => gone.length > 0)
      expect(gone).to.deep.equal(['o_1 picked'])
    })

    it('holds nothing any more once he has left', async () => {
      const deliveries = interest()
      const { nearby } = windowOf(deliveries)
      const moving = nearby.move(GANGNAM)
      expect(deliveries.size).to.equal(37)
      nearby.leave()
      await moving
      expect(deliveries.size).to.equal(0)
    })
  })
})
