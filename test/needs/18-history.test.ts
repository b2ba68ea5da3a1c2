import { expect } from 'chai'
import type { OrderView } from '../../server/contract/order-view.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import { until } from '../harness/house.ts'
import { anOrder, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const ORDERS = 5_000
const PAGE = 100
/** The index gives the rows of a page and one more, which says whether there is a next page. */
const ROWS_AT_MOST = PAGE + 1

interface Page {
  readonly items: readonly OrderView[]
  readonly nextCursor: string | null
}
/** A node of PostgreSQL’s plan, as `explain (analyze, format json)` gives it. */
interface Plan {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** Rows read, not seconds: those depend on the machine. */
describe('need 18: a long history stays whole and is read page by page', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let customer: Somebody
  let middle = ''

  const place = (key: string): Promise<OrderView> => {
    const order = { storeId: 'store-22', items: [{ menuId: 'm-22-1', quantity: 1 }], paymentKey: `pk_test_${key.replace('-', '_')}` }
    return customer.place(key, anOrder(order))
  }
  const page = (cursor?: string): Promise<Page> =>
    customer.call<Page>(`/api/orders?limit=${PAGE}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
  const databaseOf = (onQuery: (line: string) => void = () => {}) =>
    openOrm({ databaseUrl: shared.house.databaseUrl, poolMax: 1, logger: { warn: onQuery } as never })

  before(async () => {
    customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-20')
    const { id } = await place('history-0')
    await customer.act(id, 'cancel', {})
    await customer.sees(id, ({ refund }) => refund === 'done', 'the refund')
    await until('it is in the read model', async () => (await page()).items[0]?.refund === 'done')
    await using orm = await databaseOf()
    const [table] = await orm.em.fork().execute<{ columns: string }[]>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_schema = 'public' and table_name = 'order_view' and is_generated = 'NEVER'`,
    )
    // Years of orders, each like the one that was really lived; seven to an instant, so that pages end in the middle of one.
    await orm.em.fork().execute(
      `insert into order_view (${table?.columns}) select ${table?.columns.replace(/\w+/g, 'copy.$&')} from order_view as real, generate_series(1, ?) as i,
         lateral jsonb_populate_record(real, jsonb_build_object(
           'id', 'o_h' || lpad((i * 7919 % 100000)::text, 5, '0'),
           'placed_at', real.placed_at - interval '1 h' * (1 + i / 7),
           'record', jsonb_set(real.record::jsonb, '{state,context,id}', to_jsonb('o_h' || lpad((i * 7919 % 100000)::text, 5, '0')))::text
         )) as copy where real.id = ?`,
      [ORDERS, id],
    )
    await orm.em.fork().execute('analyze order_view')
  })

  it('has no gap and no repeat while new orders come in', async () => {
    const seen: string[] = []
    let arrived = 0
    let cursor: string | undefined
    for (;;) {
      const [{ items, nextCursor }] = await Promise.all([page(cursor), place(`history-new-${++arrived}`)])
      expect(items.length).to.be.within(1, PAGE)
      seen.push(...items.map(({ id }) => id))
      if (nextCursor === null) break
      cursor = nextCursor
      if (seen.length === ORDERS / 2) middle = cursor
    }
    const history = seen.filter(id => id.startsWith('o_h'))
    expect(new Set(seen).size, 'repeats').to.equal(seen.length)
    expect(history, 'gaps').to.have.length(ORDERS)
    expect(arrived).to.be.above(ORDERS / PAGE)
  })

  it('reads a deep page by its index, no more rows than are shown, and never the whole table', async () => {
    expect(middle, 'the page that begins where half of all was read').to.not.equal('')
    const queries: string[] = []
    await using orm = await databaseOf(line => queries.push(line))
    orm.config.set('debug', ['query', 'query-params'])
    const reader = new OrderReader(orm)
    const deep = await reader.listOrders({ role: 'customer', id: 'customer-20', limit: PAGE, cursor: middle })
    expect(deep.kind === 'page' && deep.rows).to.have.length(PAGE)
    const [asked = ''] = queries
    const sql = asked.replace(/^\[query\] /, '').replace(/ \[took [^\]]*\]$/, '')
    expect(sql).to.match(/^select .* from "order_view"/)

    const [explained] = await orm.em.fork().execute<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(`explain (analyze, format json) ${sql}`)
    const nodes = nodesOf((explained as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan)
    expect(nodes.map(node => node['Node Type'])).to.include('Index Scan')
    expect(nodes.map(node => node['Node Type']))
      .to.not.include.members(['Seq Scan'])
      .and.not.include.members(['Sort'])
    for (const node of nodes) {
      expect(node['Actual Rows'], node['Node Type']).to.be.at.most(ROWS_AT_MOST)
      // Only the orders of the cursor's own instant are looked at and passed over.
      expect(node['Rows Removed by Filter'] ?? 0).to.be.at.most(7)
    }
  })
})
