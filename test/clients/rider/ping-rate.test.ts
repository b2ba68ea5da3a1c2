import { expect } from 'chai'
import { isStill, PING_MS, pingEveryMs, standAt, wantsGps } from '../../../clients/rider/ping-rate.ts'

const HERE = { lat: 37.5, lng: 127.03 }
const north = (metres: number) => ({ ...HERE, lat: HERE.lat + metres / 111_195 })
const LOW = { level: 0.15, charging: false }
/** As the server has them: three pings may be lost before a position is stale. */
const STALE_MS = 15_000
const FORGOTTEN_MS = 600_000

describe('how often a rider tells where he is', () => {
  it('is every few seconds while he moves, and less often while he stands', () => {
    expect(pingEveryMs({ delivering: false, still: false })).to.equal(PING_MS.moving)
    expect(pingEveryMs({ delivering: false, still: true })).to.equal(PING_MS.still)
    expect(PING_MS.moving * 3).to.be.below(STALE_MS)
  })

  it('is never so seldom that a customer who looks would see a stale position, whatever the battery', () => {
    for (const still of [false, true])
      for (const battery of [undefined, LOW, { level: 0.01, charging: false }])
        expect(pingEveryMs({ delivering: true, still, battery })).to.be.below(STALE_MS)
  })

  it('spares a low battery only without a delivery in hand, and only while it is not charging', () => {
    expect(pingEveryMs({ delivering: false, still: false, battery: LOW })).to.equal(PING_MS.saving)
    expect(pingEveryMs({ delivering: false, still: true, battery: LOW })).to.equal(PING_MS.savingStill)
    expect(pingEveryMs({ delivering: false, still: false, battery: { ...LOW, charging: true } })).to.equal(PING_MS.moving)
    expect(pingEveryMs({ delivering: false, still: false, battery: { ...LOW, level: 0.21 } })).to.equal(PING_MS.moving)
    expect([
      wantsGps({ delivering: false, still: false, battery: LOW }),
      wantsGps({ delivering: true, still: false, battery: LOW }),
    ]).to.deep.equal([false, true])
  })

  it('never lets the server forget him', () => {
    expect(Math.max(...Object.values(PING_MS)) * 2).to.be.below(FORGOTTEN_MS)
  })

  it('takes him for still after half a minute in one place, in spite of GPS that wanders', () => {
    const stand = standAt(standAt(undefined, HERE, 0), north(20), 20_000)
    expect([isStill(stand, 29_999), isStill(stand, 30_000)]).to.deep.equal([false, true])
    expect(isStill(undefined, 30_000)).to.equal(false)
  })

  it('takes him for moving as soon as he has left, and all the while he walks', () => {
    let stand = standAt(undefined, HERE, 0)
    for (let s = 1; s <= 120; s++) {
      stand = standAt(stand, north((s * 4_000) / 3_600), s * 1_000)
      expect(isStill(stand, s * 1_000), `after ${s} s at 4 km/h`).to.equal(false)
    }
  })
})
