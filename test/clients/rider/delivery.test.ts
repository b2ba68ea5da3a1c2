import { expect } from 'chai'
import { claimEnd } from '../../../clients/rider/claim-end.ts'
import { dayBegan, dayOf } from '../../../clients/rider/day.ts'
import { inHand, stepOf } from '../../../clients/rider/delivery-step.ts'
import { directionOf } from '../../../clients/rider/direction.ts'
import { navigationLink } from '../../../clients/rider/navigation-link.ts'
import type { WaitingTap } from '../../../clients/shared/offline-queue.ts'
import { distanceM } from '../../../machines/distance.ts'
import type { Code } from '../../../server/contract/error-table.ts'
import { ApiError, errorBody } from '../../../server/contract/errors.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'

const STORE = { lat: 37.5, lng: 127.03 }
const DOOR = { lat: 37.51, lng: 127.03 }
const order = (id: string, more: Partial<OrderView> = {}): OrderView => ({
  id,
  version: 1,
  status: 'cooked',
  store: { id: 'store-1', name: 'Gimbap' },
  customer: { id: 'customer-1' },
  rider: { id: 'rider-1' },
  items: [],
  total: 0,
  deliverTo: { address: 'Teheran-ro 152', ...DOOR },
  payment: { status: 'approved' },
  refund: 'none',
  placedAt: '2026-11-25T03:00:00Z',
  updatedAt: '2026-11-25T03:00:00Z',
  ...more,
})
const no = (code: Code) => ({ ok: false, error: errorBody(new ApiError(code), 'en') }) as const
const waiting = (...names: readonly ('pick' | 'deliver' | 'release')[]): WaitingTap[] =>
  names.map(name => ({ key: name, command: { name, orderId: 'o_1' }, sinceMs: 0, state: 'waiting' }))

describe('a delivery in hand', () => {
  it('is his while it is claimed or picked up, the older first', () => {
    const orders = [
      order('newer', { placedAt: '2026-11-25T04:00:00Z' }),
      order('older', { status: 'picked' }),
      order('done', { status: 'delivered' }),
      order('of another', { rider: { id: 'rider-2' } }),
    ]
    expect(inHand(orders, 'rider-1').map(({ id }) => id)).to.deep.equal(['older', 'newer'])
  })

  it('goes on by what he has tapped, before the server has heard of it', () => {
    expect(stepOf(order('o_1'), []).leg).to.equal('toStore')
    expect(stepOf(order('o_1'), waiting('pick')).leg).to.equal('toDoor')
    expect(stepOf(order('o_1'), waiting('pick', 'deliver')).leg).to.equal('done')
    expect(stepOf(order('o_1', { status: 'picked' }), []).leg).to.equal('toDoor')
    expect(stepOf(order('o_2'), waiting('pick')).leg, 'a tap of another order').to.equal('toStore')
    expect(stepOf(order('o_1'), waiting('release'))).to.deep.include({ leg: 'toStore', releasing: true })
  })

  it('is over when the order ended without him, whatever he has tapped', () => {
    expect(stepOf(order('o_1', { status: 'canceled' }), waiting('pick', 'deliver')).leg).to.equal('over')
    expect(stepOf(order('o_1', { status: 'confirmed' }), []).leg).to.equal('done')
  })
})

describe('the end of a claim', () => {
  it('is told apart: won, lost, over, busy, or something else', () => {
    expect(claimEnd({ ok: true, order: order('o_1') })).to.deep.equal({ kind: 'won' })
    expect(claimEnd(no('ALREADY_PICKED'))).to.deep.equal({ kind: 'lost' })
    expect(claimEnd(no('ORDER_REFUSED'))).to.deep.equal({ kind: 'over' })
    expect(claimEnd(no('RIDER_BUSY'))).to.deep.equal({ kind: 'busy' })
    expect(claimEnd(no('FORBIDDEN')).kind).to.equal('refused')
  })
})

describe('the day of a rider', () => {
  it('begins at midnight in Seoul', () => {
    expect(new Date(dayBegan(Date.parse('2026-11-25T14:59:59Z'))).toISOString()).to.equal('2026-11-24T15:00:00.000Z')
    expect(new Date(dayBegan(Date.parse('2026-11-25T15:00:00Z'))).toISOString()).to.equal('2026-11-25T15:00:00.000Z')
  })

  it('counts what was delivered of the orders placed today, and measures what can be measured', () => {
    const sinceMs = Date.parse('2026-11-24T15:00:00Z')
    const orders = [
      order('a', { status: 'delivered' }),
      order('b', { status: 'confirmed' }),
      order('place unknown', { status: 'delivered', store: { id: 'store-9', name: 'Far' } }),
      order('in hand', { status: 'picked' }),
      order('ended', { status: 'canceled' }),
      order('yesterday', { status: 'delivered', placedAt: '2026-11-24T14:59:00Z' }),
    ]
    const day = dayOf(orders, sinceMs, new Map([['store-1', STORE]]))
    expect([day.delivered, Math.round(day.metres), day.unmeasured]).to.deep.equal([3, Math.round(2 * distanceM(STORE, DOOR)), 1])
  })
})

describe('the way there', () => {
  it('has a direction', () => {
    const to = (north: number, east: number) => directionOf(STORE, { lat: STORE.lat + north, lng: STORE.lng + east })
    expect([to(1, 0), to(0, 1), to(-1, 0), to(0, -1), to(0.8, 1), to(-0.8, -1)]).to.deep.equal(['n', 'e', 's', 'w', 'ne', 'sw'])
  })

  it('opens in what the phone navigates with', () => {
    expect(navigationLink(DOOR, '역삼 1층', 'Mozilla/5.0 (Linux; Android 16)')).to.equal(
      'geo:37.51,127.03?q=37.51,127.03(%EC%97%AD%EC%82%BC%201%EC%B8%B5)',
    )
    expect(navigationLink(DOOR, 'x', 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0)')).to.equal('https://maps.apple.com/?daddr=37.51,127.03')
  })
})
