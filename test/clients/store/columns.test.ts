import { expect } from 'chai'
import type { WaitingTap } from '../../../clients/shared/offline-queue.ts'
import type { Tap } from '../../../clients/shared/tap-storage.ts'
import { COLUMNS, type Columns, columnsOf, unseenOf } from '../../../clients/store/columns.ts'
import { expectedOf } from '../../../clients/store/expected.ts'
import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'

const order = (id: string, status: OrderStatus, more: Partial<OrderView> = {}): OrderView => ({
  id,
  version: 1,
  status,
  store: { id: 'store-1', name: '' },
  customer: { id: 'customer-1' },
  items: [],
  total: 1_000,
  deliverTo: {},
  payment: { status: 'approved' },
  refund: 'none',
  placedAt: '2026-11-25T09:00:00.000Z',
  updatedAt: '2026-11-25T09:00:00.000Z',
  ...more,
})
const tap = (command: Tap, state: WaitingTap['state'] = 'waiting'): WaitingTap => ({
  key: `${command.name} ${command.orderId}`,
  command,
  sinceMs: 0,
  state,
})
const idsOf = (columns: Columns) => COLUMNS.map(column => columns[column].map(card => card.order.id))

describe('the columns of a store', () => {
  it('shows every order in hand in its column, and none that is over', () => {
    const statuses: OrderStatus[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed', 'canceled', 'expired']
    const columns = columnsOf(
      statuses.map(status => order(status, status)),
      { waiting: [], held: [] },
    )
    expect(idsOf(columns)).to.deep.equal([['placed'], ['accepted'], ['cooking'], ['cooked'], ['picked']])
  })

  it('puts the oldest of the new first, and of those being made the one that was promised first', () => {
    const at = (minute: number) => `2026-11-25T09:${String(minute).padStart(2, '0')}:00.000Z`
    const columns = columnsOf(
      [
        order('new-2', 'placed', { placedAt: at(2) }),
        order('new-1', 'placed', { placedAt: at(1) }),
        order('late', 'cooking', { placedAt: at(1), prepReadyAt: at(40) }),
        order('soon', 'cooking', { placedAt: at(3), prepReadyAt: at(10) }),
      ],
      { waiting: [], held: [] },
    )
    expect(idsOf(columns)).to.deep.equal([['new-1', 'new-2'], [], ['soon', 'late'], [], []])
  })

  it('shows an order where its taps will lead, and that they wait', () => {
    const waiting = [
      tap({ name: 'accept', orderId: 'a', prepMinutes: 20 }),
      tap({ name: 'startCooking', orderId: 'a' }),
      tap({ name: 'reject', orderId: 'b', reason: 'no rice' }),
    ]
    const columns = columnsOf([order('a', 'placed'), order('b', 'placed'), order('c', 'placed')], { waiting, held: [] })
    expect(idsOf(columns)).to.deep.equal([['c'], [], ['a'], [], []])
    expect(columns.cooking[0]).to.include({ waits: 'waiting', prepMinutes: 20 })
    expect(columns.new[0]).to.include({ waits: 'no' })
  })

  it('leaves an order with a held tap where it is, with the tap on it', () => {
    const held = { key: 'k', command: { name: 'finishCooking', orderId: 'a' }, dueMs: 5_000 } as const
    const columns = columnsOf([order('a', 'cooking')], { waiting: [], held: [held] })
    expect(columns.cooking[0]?.held).to.equal(held)
  })
})

describe('what is expected of an order', () => {
  it('never leads back: another tablet was faster', () => {
    const { status, waits } = expectedOf(order('a', 'cooked'), [tap({ name: 'startCooking', orderId: 'a' }, 'sending')])
    expect([status, waits]).to.deep.equal(['cooked', 'sending'])
  })

  it('stays where it ended: no tap brings back what was canceled', () => {
    const { status, waits } = expectedOf(order('a', 'canceled'), [tap({ name: 'accept', orderId: 'a', prepMinutes: 10 })])
    expect([status, waits]).to.deep.equal(['canceled', 'no'])
  })

  it('does not change by a look', () => {
    expect(expectedOf(order('a', 'placed'), [tap({ name: 'seen', orderId: 'a' })])).to.deep.equal({ status: 'placed', waits: 'no' })
  })
})

describe('the call of a new order', () => {
  const rings = (one: OrderView, waiting: readonly WaitingTap[] = [], looked: ReadonlyMap<string, number> = new Map()) =>
    unseenOf([one], waiting, looked).length === 1

  it('goes on until somebody has looked, here or on another tablet, or it was answered', () => {
    expect(rings(order('a', 'placed'))).to.equal(true)
    expect(rings(order('a', 'placed', { seenAt: '2026-11-25T09:01:00.000Z' })), 'seen elsewhere').to.equal(false)
    expect(rings(order('a', 'accepted')), 'answered').to.equal(false)
    expect(rings(order('a', 'placed'), [tap({ name: 'accept', orderId: 'a', prepMinutes: 10 })]), 'being answered').to.equal(false)
  })

  it('begins again when the store is called again', () => {
    const looked = new Map([['a', 0]])
    expect(rings(order('a', 'placed'), [], looked)).to.equal(false)
    expect(rings(order('a', 'placed', { alerts: 1 }), [], looked)).to.equal(true)
  })
})
