import type { MikroORM } from '@mikro-orm/postgresql'
import type { ActorRecord } from '../../actors/record.ts'
import { type OrderRows, rowsOf } from './order-row.ts'
import { newestBy, RowSet } from './row-set.ts'
import { insertOf, type Part, StretchWriter, type WriterOptions } from './stretch-writer.ts'

const VIEWS = new RowSet<OrderRows['view']>({
  id: 'text',
  version: 'integer',
  status: 'text',
  ended: 'text',
  open: 'boolean',
  paid: 'boolean',
  store_id: 'text',
  customer_id: 'text',
  customer_phone: 'text',
  rider_id: 'text',
  total: 'integer',
  placed_at: 'timestamptz',
  updated_at: 'timestamptz',
  payment: 'text',
  refund: 'text',
  record: 'text',
})

const EVENTS = new RowSet<OrderRows['event']>({
  order_id: 'text',
  version: 'integer',
  event: 'text',
  status: 'text',
  at: 'timestamptz',
  by_role: 'text',
  by_id: 'text',
  command_id: 'text',
  correlation_id: 'text',
})

const NEWER = VIEWS.columns
  .filter(name => name !== 'id')
  .map(name => `${name} = excluded.${name}`)
  .join(', ')

const ORDERS: Part<OrderRows> = {
  sql: first => `
    views as (${insertOf('order_view', VIEWS, first)}
      on conflict (id) do update set ${NEWER} where order_view.version < excluded.version),
    events as (${insertOf('order_event', EVENTS, first + VIEWS.size)} on conflict do nothing)`,
  params: rows => {
    const views = newestBy(
      rows.map(({ view }) => view),
      view => view.id,
    )
    return [...VIEWS.params(views), ...EVENTS.params(rows.map(({ event }) => event))]
  },
}

/** Writes the read model of orders: how each stands, and its timeline. */
export class OrderWriter extends StretchWriter<OrderRows> {
  constructor(orm: MikroORM, options: WriterOptions = {}) {
    super(orm, 'ORDERS', ORDERS, options)
  }

  override rowsOf(record: ActorRecord, kind: string): readonly OrderRows[] {
    return kind === 'order' ? [rowsOf(record)] : []
  }
}
