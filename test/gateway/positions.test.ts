import { expect } from 'chai'
import { assert, asyncProperty, shuffledSubarray } from 'fast-check'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import { POSITION_TTL_MS, type Position, Positions } from '../../server/gateway/positions.ts'
import { GANGNAM } from './pusher-town.ts'

const T0 = Date.parse('2026-05-01T09:00:00.000Z')
const fix = (seq: number, atMs = T0 + seq * 4_000): Position => ({ ...GANGNAM, seq, at: new Date(atMs).toISOString() })

describe('positions', () => {
  let clock: HandClock
  let bucket: MemoryBucket<Position>
  let signals: MemorySignals
  const gateway = (): Positions => new Positions({ nats: signals, bucket, now: () => clock.now() })

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
      expect((await positions.of(riderId))?.seq).to.equal(10)
      expect(heard).to.deep.equal(heard.toSorted((a, b) => a - b))
      hold.release()
      expect(positions.following).to.equal(0)
    })
    await assert(anyOrder, { numRuns: 50 })
  })

  it('are not accepted late or twice', async () => {
    const positions = gateway()
    const taken = []
    for (const seq of [5, 5, 4, 6]) taken.push((await positions.report('rider-1', fix(seq))).accepted)
    expect(taken).to.deep.equal([true, false, false, true])
  })

  it('begin anew when the device restarts, and what it sent before never comes back', async () => {
    const positions = gateway()
    await positions.report('rider-1', fix(500, T0))
    const soon = await positions.report('rider-1', fix(1, T0 + 5_000))
    const restarted = await positions.report('rider-1', fix(2, T0 + 20_000))
    const ghost = await positions.report('rider-1', fix(499, T0 - 4_000))
    const next = await positions.report('rider-1', fix(3, T0 + 24_000))
    expect([soon, restarted, ghost, next].map(({ accepted }) => accepted)).to.deep.equal([false, true, false, true])
  })

  it('cannot be held up by a device whose clock runs ahead', async () => {
    const positions = gateway()
    await positions.report('rider-1', fix(1, T0 + 86_400_000))
    expect((await positions.of('rider-1'))?.at).to.equal(new Date(clock.now()).toISOString())
    clock.advance(10_000)
    expect(await positions.report('rider-1', fix(1, clock.now()))).to.deep.equal({ accepted: true })
  })

  it('are known to a gateway that did not take them, and forgotten after ten minutes', async () => {
    await gateway().report('rider-1', fix(7))
    const other = gateway()
    expect((await other.of('rider-1'))?.seq).to.equal(7)
    expect(await other.report('rider-1', fix(6))).to.deep.equal({ accepted: false })
    clock.advance(POSITION_TTL_MS)
    expect(await other.of('rider-1')).to.equal(undefined)
  })
})
