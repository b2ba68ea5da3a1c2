import { expect } from 'chai'
import { assert, asyncProperty, integer, shuffledSubarray } from 'fast-check'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import type { Position } from '../../server/gateway/device.ts'
import { POSITION_TTL_MS, Positions } from '../../server/gateway/positions.ts'
import { GANGNAM, until } from './pusher-town.ts'

const T0 = Date.parse('2026-05-01T09:00:00.000Z')
const fix = (seq: number, atMs = T0 + seq * 4_000): Position => ({ ...GANGNAM, seq, at: new Date(atMs).toISOString() })

/** Fisher and Yates, by a dice of its own: the same seed, the same order. */
const shuffled = <T>(from: readonly T[], seed: number): T[] => {
  const all = [...from]
  let dice = seed >>> 0
  for (let i = all.length - 1; i > 0; i--) {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0
    const j = dice % (i + 1)
    ;[all[i], all[j]] = [all[j] as T, all[i] as T]
  }
  return all
}

describe('positions', () => {
  let clock: HandClock
  let bucket: MemoryBucket<Position>
  let signals: MemorySignals
  const gateway = (): Positions => new Positions({ nats: signals, bucket, clock })

  beforeEach(() => {
    clock = new HandClock(T0 + 300_000)
    bucket = new MemoryBucket(clock, POSITION_TTL_MS)
    signals = new MemorySignals()
  })

  it('end at the device’s last count, in whatever order they arrive, and are heard in rising order', async () => {
    const fixes = Array.from({ length: 10 }, (_, i) => fix(i + 1))
    let riders = 0
    const anyOrder = asyncProperty(shuffledSubarray(fixes, { minLength: 10 }), async order => {
      const riderId = `rider-${++riders}`
      const positions = gateway()
      const heard: number[] = []
      const hold = positions.follow(riderId, ({ seq }) => heard.push(seq))
      await hold.ready
      await Promise.all(order.map(each => positions.report(riderId, each)))
      await positions.stop()
      expect((await positions.of(riderId))?.seq).to.equal(10)
      expect(heard.at(-1)).to.equal(10)
      expect(heard).to.deep.equal(heard.toSorted((a, b) => a - b))
      hold.release()
      expect(positions.following).to.equal(0)
    })
    await assert(anyOrder, { numRuns: 50 })
  })

  it('end at the last of ten thousand however they are shuffled, and never move back on the way', async () => {
    const fixes = Array.from({ length: 10_000 }, (_, i) => fix(i + 1, T0 + i))
    let riders = 0
    // By a seed, for a counterexample of ten thousand reports tells nobody anything.
    const anyOrder = asyncProperty(integer(), async seed => {
      const order = shuffled(fixes, seed)
      const riderId = `shuffled-${++riders}`
      const positions = gateway()
      let last = 0
      let back = 0
      const hold = positions.follow(riderId, ({ seq }) => {
        if (seq <= last) back += 1
        last = seq
      })
      await hold.ready
      for (const each of order) await positions.report(riderId, each)
      await positions.stop()
      hold.release()
      expect([last, back, (await bucket.get(riderId))?.seq]).to.deep.equal([10_000, 0, 10_000])
    })
    await assert(anyOrder, { numRuns: 10 })
  })

  it('cost the bucket one write a second for each rider, and leave the last one there', async () => {
    let puts = 0
    const put = bucket.put.bind(bucket)
    bucket.put = (riderId, position) => {
      puts += 1
      return put(riderId, position)
    }
    const positions = gateway()
    for (let seq = 1; seq <= 1_000; seq++) for (const rider of ['rider-1', 'rider-2']) await positions.report(rider, fix(seq))
    await until('the first ones are there', () => puts === 2)
    expect((await positions.of('rider-1'))?.seq).to.equal(1_000)
    clock.advance(1_000)
    await until(
      'the last ones are there',
      async () => (await bucket.get('rider-1'))?.seq === 1_000 && (await bucket.get('rider-2'))?.seq === 1_000,
    )
    expect(puts).to.equal(4)
  })

  it('are not accepted late or twice', async () => {
    const positions = gateway()
    const taken = []
    for (const seq of [5, 5, 4, 6]) taken.push((await positions.report('rider-1', fix(seq))).accepted)
    expect(taken).to.deep.equal([true, false, false, true])
  })

  it('begin anew when the device restarts, and what it sent before never comes back', async () => {
    const positions = gateway()
    const began = clock.now()
    const reportAt = async (afterMs: number, seq: number, stampMs = afterMs) => {
      clock.advance(began + afterMs - clock.now())
      return (await positions.report('rider-1', fix(seq, began + stampMs))).accepted
    }
    expect(await reportAt(0, 500)).to.equal(true)
    expect([await reportAt(5_000, 1), await reportAt(9_000, 2), await reportAt(10_000, 3)], 'believed after 10 s').to.deep.equal([
      false,
      false,
      true,
    ])
    expect([await reportAt(11_000, 499, -4_000), await reportAt(14_000, 4)]).to.deep.equal([false, true])
  })

  it('do not take late reports for a restart, though their device stamped them when it sent them', async () => {
    const positions = gateway()
    await positions.report('rider-1', fix(1_000, clock.now()))
    const taken = []
    for (const seq of [700, 300, 900, 100, 800, 50, 600]) {
      clock.advance(4_000)
      taken.push((await positions.report('rider-1', fix(seq, clock.now()))).accepted)
    }
    expect(taken).to.deep.equal(taken.map(() => false))
  })

  it('cannot be held up by a device whose clock runs ahead', async () => {
    const positions = gateway()
    await positions.report('rider-1', fix(1, T0 + 86_400_000))
    expect((await positions.of('rider-1'))?.at).to.equal(new Date(clock.now()).toISOString())
    clock.advance(10_000)
    expect(await positions.report('rider-1', fix(1, clock.now()))).to.deep.equal({ accepted: true })
  })

  it('are known to a gateway that did not take them, and forgotten after ten minutes', async () => {
    const one = gateway()
    await one.report('rider-1', fix(7))
    await one.stop()
    const other = gateway()
    expect((await other.of('rider-1'))?.seq).to.equal(7)
    expect(await other.report('rider-1', fix(6))).to.deep.equal({ accepted: false })
    clock.advance(POSITION_TTL_MS)
    expect(await other.of('rider-1')).to.equal(undefined)
  })
})
