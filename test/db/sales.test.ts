import { expect } from 'chai'
import { by, NOON, PAID, story } from './order-story.ts'
import { ReadModel } from './read-model.ts'

const HOUR = 3_600_000
/** 2026-03-03T00:00 in Seoul. */
const MIDNIGHT = NOON + 3 * HOUR
const reject = { type: 'reject', reason: 'SOLD_OUT', ...by('store', 'store-1') }

describe('the sales of a store', () => {
  const seoul = { storeId: 'store-1', zone: 'Asia/Seoul' }
  const sold = async (): Promise<ReadModel> => {
    const model = await ReadModel.open('sales')
    await model.take(
      ...story({ id: 'o_last', atMs: MIDNIGHT - 1, events: [PAID] }),
      ...story({ id: 'o_first', atMs: MIDNIGHT, events: [PAID] }),
      ...story({ id: 'o_back', atMs: MIDNIGHT + HOUR, events: [PAID, reject] }),
      ...story({ id: 'o_unpaid', atMs: MIDNIGHT }),
      ...story({ id: 'o_other', storeId: 'store-2', atMs: MIDNIGHT, events: [PAID] }),
    )
    return model
  }
  const second = { day: '2026-03-02', orders: 1, amount: 9_000, refunded: 0 }
  const third = { day: '2026-03-03', orders: 2, amount: 18_000, refunded: 9_000 }

  it('are what was paid on each of its own days, and what went back of it', async () => {
    await using model = await sold()
    expect(await model.read.salesOf({ ...seoul, from: '2026-03-01', to: '2026-03-31' })).to.deep.equal([second, third])
    expect(await model.read.salesOf({ ...seoul, zone: 'UTC', from: '2026-03-01', to: '2026-03-31' })).to.deep.equal([
      { day: '2026-03-02', orders: 3, amount: 27_000, refunded: 9_000 },
    ])
  })

  it('begin with the first moment of the first day, and end with the last of the last', async () => {
    await using model = await sold()
    expect(await model.read.salesOf({ ...seoul, from: '2026-03-02', to: '2026-03-02' })).to.deep.equal([second])
    expect(await model.read.salesOf({ ...seoul, from: '2026-03-03', to: '2026-03-03' })).to.deep.equal([third])
    expect(await model.read.salesOf({ ...seoul, from: '2026-03-04', to: '9999-12-31' })).to.deep.equal([])
  })

  it('count an order once, however often its records come', async () => {
    await using model = await sold()
    await model.take(...story({ id: 'o_back', atMs: MIDNIGHT + HOUR, events: [PAID, reject] }))
    expect(await model.read.salesOf({ ...seoul, from: '2026-03-03', to: '2026-03-03' })).to.deep.equal([third])
  })
})
