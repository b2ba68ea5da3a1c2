import { expect } from 'chai'
import { Board } from '../../../clients/rider/board.ts'
import { boardPoints, ringsAround } from '../../../clients/rider/board-scene.ts'
import type { OpenDelivery } from '../../../server/contract/pushes.ts'

const AREA = { lat: 37.5, lng: 127.04 }
const delivery = (orderId: string, distanceM: number, storeId = `store of ${orderId}`): OpenDelivery => ({
  orderId,
  store: { id: storeId, name: storeId, lat: 37.501, lng: 127.036 },
  area: AREA,
  distanceM,
  cookedAt: `2026-11-25T09:00:0${orderId.length}Z`,
})
const shown = (board: Board): string[] => board.nearest.map(({ orderId, distanceM }) => `${orderId} ${distanceM}`)

describe('the board of a rider', () => {
  let board: Board
  beforeEach(() => {
    board = new Board()
  })

  it('shows the nearest first, and of two that are as far the one that waits longer', () => {
    for (const each of [delivery('far', 900), delivery('later', 400), delivery('one', 400)]) board.add(each, 0)
    expect(shown(board)).to.deep.equal(['one 400', 'later 400', 'far 900'])
  })

  it('tells a new one from one that is told again, which brings its new distance', () => {
    expect([board.add(delivery('a', 500), 1_000), board.add(delivery('a', 300), 9_000)]).to.deep.equal([true, false])
    expect(board.nearest.map(({ distanceM, heardMs }) => [distanceM, heardMs])).to.deep.equal([[300, 1_000]])
  })

  it('forgets what a sync does not mention, and says what of it is new', () => {
    board.add(delivery('gone', 100), 0)
    board.add(delivery('stays', 200), 0)
    const fresh = board.sync([delivery('stays', 200), delivery('new', 50)], 5_000)
    expect(fresh.map(({ orderId }) => orderId)).to.deep.equal(['new'])
    expect(shown(board)).to.deep.equal(['new 50', 'stays 200'])
  })

  it('drops one that is gone, and shows it again when it comes back on the board', () => {
    board.add(delivery('a', 100), 0)
    board.remove('a')
    expect(shown(board)).to.deep.equal([])
    expect(board.add(delivery('a', 100), 1)).to.equal(true)
  })

  it('takes new distances from a listing and drops what is not in it, but nothing that was told after it was asked for', () => {
    board.add(delivery('near now', 900), 0)
    board.add(delivery('left behind', 800), 0)
    board.add(delivery('just told', 700), 2_000)
    board.measure([delivery('near now', 60), delivery('never told', 10)], 1_000)
    expect(shown(board)).to.deep.equal(['near now 60', 'just told 700'])
  })

  it('is empty for who does not work', () => {
    board.add(delivery('a', 100), 0)
    board.clear()
    expect(shown(board)).to.deep.equal([])
  })

  it('tells whoever listens, with a new array, only when something has changed', () => {
    let changes = 0
    const end = board.onChange(() => void changes++)
    board.add(delivery('a', 100), 0)
    const before = board.nearest
    board.remove('unknown')
    expect([changes, board.nearest === before]).to.deep.equal([1, true])
    end()
    board.clear()
    expect(changes).to.equal(1)
  })

  it('has one point on the map for each store and each neighbourhood', () => {
    for (const each of [delivery('a', 100, 'Gimbap'), delivery('b', 200, 'Gimbap'), delivery('c', 300, 'Pizza')]) board.add(each, 0)
    const words = { me: 'Me', area: (count: number) => `Area ${count}` }
    const points = boardPoints(board.nearest, { lat: 37.5, lng: 127 }, words)
    expect(points.map(({ kind, label }) => `${kind} ${label}`)).to.deep.equal([
      'rider Me',
      'store Gimbap ×2',
      'store Pizza',
      'delivery Area 3',
    ])
    expect(boardPoints([], undefined, words)).to.deep.equal([])
    expect(ringsAround({ lat: 37.5, lng: 127 }).map(({ radiusM }) => radiusM)).to.deep.equal([1_000, 3_000, 5_000])
  })
})
