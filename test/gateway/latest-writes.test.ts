import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { LatestWrites } from '../../server/gateway/latest-writes.ts'
import { until } from './pusher-town.ts'

describe('writes of the newest', () => {
  let clock: HandClock
  /** What arrived, and what is on its way until somebody lets it through. */
  let arrived: string[]
  let onTheWay: { readonly what: string; readonly end: (broken?: Error) => void }[]
  let gated: boolean

  const writes = () =>
    new LatestWrites<number>({
      clock,
      everyMs: 1_000,
      write: (key, value) =>
        new Promise((resolve, reject) => {
          const end = (broken?: Error): void => {
            if (!broken) arrived.push(`${key}=${value}`)
            broken ? reject(broken) : resolve()
          }
          if (gated) onTheWay.push({ what: `${key}=${value}`, end })
          else end()
        }),
    })

  beforeEach(() => {
    clock = new HandClock(0)
    arrived = []
    onTheWay = []
    gated = false
  })

  it('come at once for the first value, and in the next round for the newest of those after', async () => {
    const kept = writes()
    for (const value of [1, 2, 3]) kept.put('a', value)
    await turn()
    expect(arrived).to.deep.equal(['a=1'])
    clock.advance(1_000)
    await turn()
    clock.advance(60_000)
    expect(arrived).to.deep.equal(['a=1', 'a=3'])
  })

  it('are all there once flushed', async () => {
    const kept = writes()
    for (let value = 0; value < 1_000; value++) for (const key of ['a', 'b', 'c']) kept.put(key, value)
    await kept.flush()
    expect(arrived.slice(-3).sort()).to.deep.equal(['a=999', 'b=999', 'c=999'])
    expect(arrived.length).to.equal(6)
  })

  it('never put an older value after a newer one, though the older was long on its way or failed', async () => {
    gated = true
    const kept = writes()
    kept.put('a', 1)
    kept.put('a', 2)
    clock.advance(1_000)
    expect(onTheWay.map(({ what }) => what)).to.deep.equal(['a=1'])
    onTheWay[0]?.end(new Error('lost'))
    await until('the newer one goes', () => onTheWay.length === 2)
    onTheWay[1]?.end()
    await kept.flush()
    expect(arrived).to.deep.equal(['a=2'])
  })

  it('are tried again in the next round when they failed', async () => {
    gated = true
    const kept = writes()
    kept.put('a', 1)
    onTheWay[0]?.end(new Error('away'))
    await turn()
    gated = false
    clock.advance(1_000)
    await turn()
    expect(arrived).to.deep.equal(['a=1'])
  })

  it('are bounded in number, whatever comes in', async () => {
    gated = true
    const kept = writes()
    for (let key = 0; key < 1_000; key++) kept.put(String(key), key)
    expect(onTheWay.length).to.equal(64)
    gated = false
    for (const { end } of onTheWay) end()
    await until('all are written', () => arrived.length === 1_000)
  })
})
