import { expect } from 'chai'
import { encodeCursor } from '../../server/db/cursor.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import type { OrderRow } from '../../server/gateway/reads.ts'
import { by, NOON, PAID, story } from './order-story.ts'
import { ReadModel } from './read-model.ts'
import { rowsRead } from './rows-read.ts'

const SECOND = 1_000
const ids = (rows: readonly OrderRow[]): string[] => rows.map(({ id }) => id)

/** A page that must not be refused. */
const page = async (model: ReadModel, query: Parameters<ReadModel['read']['listOrders']>[0]) => {
  const listed = await model.read.listOrders(query)
  if (listed.kind !== 'page') throw new Error(listed.kind)
  return listed
}

describe('lists of orders', () => {
  it('show everyone their own, newest first, and operators all', async () => {
    await using model = await ReadModel.open('lists')
    await model.take(...story({ id: 'o_1', customerId: 'customer-1', storeId: 'store-1', atMs: NOON, events: [PAID] }))
    await model.take(...story({ id: 'o_2', customerId: 'customer-2', storeId: 'store-1', atMs: NOON + SECOND, events: [PAID] }))
    await model.take(...story({ id: 'o_3', customerId: 'customer-1', storeId: 'store-2', atMs: NOON + 2 * SECOND }))
    expect(ids((await page(model, { role: 'customer', id: 'customer-1', limit: 10 })).rows)).to.deep.equal(['o_3', 'o_1'])
    expect(ids((await page(model, { role: 'store', id: 'store-1', limit: 10 })).rows)).to.deep.equal(['o_2', 'o_1'])
    expect(ids((await page(model, { role: 'rider', id: 'rider-1', limit: 10 })).rows)).to.deep.equal([])
    expect(ids((await page(model, { role: 'ops', id: 'ops-1', limit: 10 })).rows)).to.deep.equal(['o_3', 'o_2', 'o_1'])
  })

  it('show a store no order whose money has not come', async () => {
    await using model = await ReadModel.open('lists')
    await model.take(...story({ id: 'o_unpaid' }))
    const own = async (role: 'customer' | 'store') => [
      ...ids((await page(model, { role, id: `${role}-1`, limit: 10 })).rows),
      ...ids(await model.read.openOrdersOf({ role, id: `${role}-1` })),
    ]
    expect(await own('customer')).to.deep.equal(['o_unpaid', 'o_unpaid'])
    expect(await own('store')).to.deep.equal([])
  })

  it('show a rider what he claimed', async () => {
    await using model = await ReadModel.open('lists')
    const kitchen = by('store', 'store-1')
    const events = [
      PAID,
      { type: 'accept', prepMinutes: 5, ...kitchen },
      { type: 'startCooking', ...kitchen },
      { type: 'finishCooking', ...kitchen },
      { type: 'pick', riderName: 'Park', ...by('rider', 'rider-1') },
    ]
    await model.take(...story({ id: 'o_1', events }))
    expect(ids((await page(model, { role: 'rider', id: 'rider-1', limit: 10 })).rows)).to.deep.equal(['o_1'])
    expect(ids(await model.read.openOrdersOf({ role: 'rider', id: 'rider-1' }))).to.deep.equal(['o_1'])
  })

  it('can be narrowed to one status', async () => {
    await using model = await ReadModel.open('lists')
    await model.take(...story({ id: 'o_1' }), ...story({ id: 'o_2', events: [PAID] }))
    expect(ids((await page(model, { role: 'customer', id: 'customer-1', status: 'placed', limit: 10 })).rows)).to.deep.equal(['o_2'])
    expect(ids((await page(model, { role: 'ops', id: 'ops-1', status: 'paying', limit: 10 })).rows)).to.deep.equal(['o_1'])
  })

  it('have no gap and no repeat while orders come in, many of them in the same instant', async () => {
    await using model = await ReadModel.open('pages')
    // Seven to an instant, pages of ten: most pages end in the middle of one.
    const before = Array.from({ length: 63 }, (_, i) => ({ id: `o_${String(i * 37).padStart(5, '0')}`, atMs: NOON + Math.floor(i / 7) }))
    await model.take(...before.flatMap(order => story({ ...order, events: [PAID] })))
    const seen: string[] = []
    let cursor: string | null = null
    let later = 0
    do {
      const { rows, nextCursor } = await page(model, {
        role: 'store',
        id: 'store-1',
        limit: 10,
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...ids(rows))
      cursor = nextCursor
      await model.take(...story({ id: `o_new${later++}`, atMs: NOON + SECOND, events: [PAID] }))
    } while (cursor !== null)
    const newestFirst = [...before].sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1))
    expect(seen).to.deep.equal(newestFirst.map(({ id }) => id))
    expect(later).to.equal(7)
  })

  it('end without a cursor when a page holds exactly the rest', async () => {
    await using model = await ReadModel.open('pages')
    await model.take(...story({ id: 'o_1' }), ...story({ id: 'o_2' }))
    expect((await page(model, { role: 'ops', id: 'ops-1', limit: 2 })).nextCursor).to.equal(null)
  })

  it('refuse a cursor that is not theirs', async () => {
    await using model = await ReadModel.open('pages')
    const crafted = (text: string) => Buffer.from(text).toString('base64url')
    for (const cursor of [
      '',
      'x',
      '%',
      'a'.repeat(10_000),
      crafted('2026-03-02 o_1'),
      crafted('yesterday o_1'),
      crafted("2026-03-02T12:00:00.000Z ' or 1=1 --"),
    ]) {
      expect(await model.read.listOrders({ role: 'ops', id: 'ops-1', limit: 10, cursor })).to.deep.equal({ kind: 'badCursor' })
    }
  })

  it('take a limit of 1 to 100 and nothing else', async () => {
    await using model = await ReadModel.open('pages')
    for (const limit of [0, 101, 1.5, Number.NaN]) {
      const error = await model.read.listOrders({ role: 'ops', id: 'ops-1', limit }).catch((caught: unknown) => caught)
      expect(error).to.be.instanceOf(RangeError)
    }
  })

  it('read no more rows for a deep page than for the first', async () => {
    await using model = await ReadModel.open('deep')
    await using orm = await openOrm({ databaseUrl: model.databaseUrl, poolMax: 1 }) // one connection: it can tell what it has read
    const em = orm.em.fork()
    await em.execute(`
      insert into order_view (id, version, status, ended, open, paid, store_id, customer_id, total, placed_at, updated_at, payment, refund, record)
      select 'o_' || i, 1, 'confirmed', 'confirmed', false, true, 'store-' || i % 3, 'customer-1', 1,
        '2026-03-02T12:00:00Z'::timestamptz - i * interval '1 s', now(), 'approved', 'none', '{}'
      from generate_series(1, 30000) as i`)
    await em.execute('vacuum analyze order_view')
    const reader = new OrderReader(orm)
    for (const role of ['store', 'customer', 'ops'] as const) {
      const before = await rowsRead(em)
      const cursor = encodeCursor({ placedAt: new Date(NOON - 20_000 * SECOND), id: 'o_20000' })
      const listed = await reader.listOrders({ role, id: `${role}-1`, limit: 20, cursor })
      expect(listed.kind === 'page' && listed.rows).to.have.length(20)
      expect((await rowsRead(em)) - before, role).to.be.within(20, 200)
    }
  })
})

describe('what is open, counted', () => {
  it('is by status and cell, and no text of a customer’s is taken for a cell', async () => {
    await using model = await ReadModel.open('counts')
    const mean = '"cell":"8730e1ffffffff0"'
    await model.take(
      ...story({ id: 'o_1', events: [PAID] }),
      ...story({ id: 'o_2', note: mean }),
      ...story({ id: 'o_3', events: [PAID, { type: 'reject', reason: mean, ...by('store', 'store-1') }] }),
    )
    const counts = await model.read.openCounts()
    const cell = '8730e1d8cffffff'
    expect(counts).to.have.deep.members([
      { status: 'placed', cell, orders: 1 },
      { status: 'paying', cell, orders: 1 },
      { status: 'rejected', cell, orders: 1 }, // its refund is on its way
    ])
  })
})

describe('what is open for an account', () => {
  it('leaves out what has ended, but not while its refund is pending', async () => {
    await using model = await ReadModel.open('open')
    await model.take(...story({ id: 'o_open', events: [PAID] }))
    await model.take(...story({ id: 'o_refunding', events: [PAID, { type: 'cancel', reason: 'too slow' }] }))
    const refunded = [
      PAID,
      { type: 'cancel' },
      { type: 'xstate.done.actor.cancelPayment', output: { canceledAt: '2026-03-02T12:00:03.000Z' }, ...by('system', 'cancelPayment') },
    ]
    await model.take(...story({ id: 'o_refunded', events: refunded }))
    await model.take(...story({ id: 'o_other', customerId: 'customer-2', events: [PAID] }))
    expect(ids(await model.read.openOrdersOf({ role: 'customer', id: 'customer-1' }))).to.have.members(['o_open', 'o_refunding'])
    expect(ids(await model.read.openOrdersOf({ role: 'store', id: 'store-1' }))).to.have.members(['o_open', 'o_refunding', 'o_other'])
  })

  it('is nothing for a stranger, and so is a timeline', async () => {
    await using model = await ReadModel.open('open')
    expect(await model.read.openOrdersOf({ role: 'store', id: 'nowhere' })).to.deep.equal([])
    expect(await model.read.timeline('o_none')).to.deep.equal([])
    expect(await model.read.orderById('o_none')).to.equal(undefined)
    expect(await model.read.position('NOTHING')).to.equal(0)
  })
})
