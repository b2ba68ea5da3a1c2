import { expect } from 'chai'
import { cellOf, centerOf } from '../../machines/geo.ts'
import { GANGNAM, northOf, Town } from './pusher-town.ts'

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

  it('shows a rider who looks for himself even what no ring has reached yet', async () => {
    await town.cooked('o_young', { to: northOf(GANGNAM, 2_900) })
    expect((await town.board.near(GANGNAM)).map(({ orderId }) => orderId)).to.deep.equal(['o_young'])
  })
})
