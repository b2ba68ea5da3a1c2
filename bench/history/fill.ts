import type { MikroORM } from '@mikro-orm/postgresql'
import { rowsOf } from '../../server/db/order-row.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { by, PAID, story } from '../../test/db/order-story.ts'

const TEMPLATE = 'o_template'
/** One order in ten is its own. */
export const BUSY_STORE = 'store-0'
export const SOME_CUSTOMER = 'customer-0'
/** Everybody ordered as often, whatever the size: more orders are more customers. */
export const ORDERS_OF_A_CUSTOMER = 100

/** Writes one order that its store refused, as the projector would. */
export const writeTemplate = async (orm: MikroORM): Promise<void> => {
  const records = story({ id: TEMPLATE, events: [PAID, { type: 'reject', reason: 'tooBusy', ...by('store', 'store-1') }] })
  const writer = new OrderWriter(orm)
  await writer.position()
  const written = await writer.write({ after: 0, upTo: records.length, rows: records.map(rowsOf), records: [] })
  if (written.kind !== 'written') throw new Error(`the first order was not written: ${written.kind}`)
  await orm.em.fork().execute('create table template as select * from order_view')
}

interface Index {
  readonly name: string
  readonly definition: string
}

/** Fills the table anew with that order, `orders` times: a second apart, each with its own id, customer and store. Indexes are made when the rows are there. */
export const fillTo = async (orm: MikroORM, orders: number): Promise<void> => {
  const em = orm.em.fork()
  const indexes = await em.execute<Index[]>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'order_view' and indexname not in (select conname from pg_constraint where conrelid = 'order_view'::regclass)`,
  )
  await em.execute('truncate order_view')
  for (const { name } of indexes) await em.execute(`drop index "${name}"`)
  await em.execute(
    `insert into order_view (id, version, status, ended, open, paid, store_id, customer_id, customer_phone, rider_id, total, placed_at, updated_at,
       payment, refund, record)
     select 'o_' || lpad(n::text, 26, '0'), version, status, ended, open, paid,
       'store-' || case when n % 10 = 0 then 0 else 1 + n % 300 end, 'customer-' || n % ?, customer_phone, rider_id, total,
       placed_at + n * interval '1 second', updated_at + n * interval '1 second', payment, refund,
       replace(record, ?, 'o_' || lpad(n::text, 26, '0'))
     from template, generate_series(0, ? - 1) n`,
    [orders / ORDERS_OF_A_CUSTOMER, TEMPLATE, orders],
  )
  for (const { definition } of indexes) await em.execute(definition)
  await em.execute('vacuum analyze order_view')
}
