import { expect } from 'chai'
import { encodeCursor } from '../../server/db/cursor.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import type { OrderSearch } from '../../server/gateway/reads.ts'
import { NOON, PAID, story } from './order-story.ts'
import { ReadModel } from './read-model.ts'
import { rowsRead } from './rows-read.ts'

const search = async (model: ReadModel, asked: Omit<OrderSearch, 'limit'>): Promise<string[]> => {
  const found: string[] = []
  for (let cursor: string | null | undefined = asked.cursor; cursor !== null; ) {
    const page = await model.read.searchOrders({ ...asked, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    if (page.kind !== 'page') throw new Error(page.kind)
    found.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  }
  return found
}

describe('the search of operators', () => {
  const model = async (): Promise<ReadModel> => {
    const opened = await ReadModel.open('search')
    const ids = ['o_81', 'o_811', 'o_8a', 'o_9', 'ob81', 'o_']
    await opened.take(
      ...ids.flatMap((id, i) => story({ id, atMs: NOON + i * 1_000, phone: i % 2 ? '010-1234-5678' : '01000000000', events: [PAID] })),
    )
    return opened
  }

  it('finds an order by its id, and all whose ids begin so, page by page', async () => {
    await using read = await model()
    expect(await search(read, { id: 'o_9' })).to.deep.equal(['o_9'])
    expect(await search(read, { id: 'o_8' })).to.deep.equal(['o_81', 'o_811', 'o_8a'])
    expect(await search(read, { id: 'o_' })).to.deep.equal(['o_', 'o_81', 'o_811', 'o_8a', 'o_9'])
    for (const id of ['o_82', '%', 'o%', '~', "'"]) expect(await search(read, { id }), id).to.deep.equal([])
  })

  it('finds the orders of a phone by its digits, all of them, newest first', async () => {
    await using read = await model()
    for (const phone of ['01012345678', '010-1234-5678', '010 1234 5678'])
      expect(await search(read, { phone })).to.deep.equal(['o_', 'o_9', 'o_811'])
    for (const phone of ['0101234567', '12345678', '', '%']) expect(await search(read, { phone }), phone).to.deep.equal([])
    expect(await search(read, { phone: '01012345678', id: 'o_8' })).to.deep.equal(['o_811'])
    expect(await search(read, {})).to.deep.equal(['o_', 'ob81', 'o_9', 'o_8a', 'o_811', 'o_81'])
  })

  it('refuses a cursor that is not its own, and a limit out of range', async () => {
    await using read = await model()
    expect(await read.read.searchOrders({ id: 'o_', limit: 2, cursor: 'x' })).to.deep.equal({ kind: 'badCursor' })
    const error = await read.read.searchOrders({ limit: 101 }).catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(RangeError)
  })

  it('knows the phones of orders that were written before phones were kept', async () => {
    await using read = await model()
    const em = read.orm.em.fork()
    await em.execute('alter table order_view drop column customer_phone, drop column cell')
    await em.execute('alter table order_view alter column record type jsonb using record::jsonb') // as it was then
    await em.execute("delete from mikro_orm_migrations where name = '0002-order-search'")
    await read.migrate()
    await em.execute('alter table order_view alter column record type text')
    expect(await search(read, { phone: '01012345678' })).to.deep.equal(['o_', 'o_9', 'o_811'])
  })

  it('reads no more rows for a deep page than for the first', async () => {
    await using read = await model()
    await using orm = await openOrm({ databaseUrl: read.databaseUrl, poolMax: 1 }) // one connection: it can tell what it has read
    const em = orm.em.fork()
    await em.execute(`
      insert into order_view (id, version, status, open, paid, store_id, customer_id, customer_phone, total, placed_at, updated_at,
        payment, refund, record)
      select 'x_' || lpad(i::text, 6, '0'), 1, 'confirmed', false, true, 'store-1', 'customer-1', '0102222', 1,
        '2026-03-02T12:00:00Z'::timestamptz - i * interval '1 s', now(), 'approved', 'none', '{}'
      from generate_series(1, 30000) as i`)
    await em.execute('vacuum analyze order_view')
    const reader = new OrderReader(orm)
    const cursor = encodeCursor({ placedAt: new Date(NOON - 20_000 * 1_000), id: 'x_020000' })
    for (const asked of [{ id: 'x_' }, { phone: '010-2222' }]) {
      const before = await rowsRead(em)
      const page = await reader.searchOrders({ ...asked, limit: 20, cursor })
      expect(page.kind === 'page' && page.rows).to.have.length(20)
      expect((await rowsRead(em)) - before, Object.keys(asked)[0]).to.be.within(20, 200)
    }
  })
})
