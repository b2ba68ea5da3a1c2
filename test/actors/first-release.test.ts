import { expect } from 'chai'
import { decide } from '../../actors/decide.ts'
import type { Event, StateValue } from '../../actors/envelope.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import { type ActorRecord, NOTHING_AWAITED } from '../../actors/record.ts'
import { aTap, later, T0 } from '../machines/order-stories.ts'

/** A record as the first release wrote it. */
const written = (kind: string, value: StateValue, context: object): Stored<ActorRecord> => ({
  subject: `evt.${kind}.1.id-1._`,
  seq: 7,
  at: T0,
  body: {
    v: 1,
    id: 'id-1',
    machine: `${kind}@1`,
    version: 4,
    at: T0,
    by: { role: 'system', id: 'test' },
    commandId: 'c-4',
    event: { type: 'whatever' },
    state: { value, context: { id: 'id-1', ...context }, status: 'active' },
    waits: NOTHING_AWAITED,
    replies: [],
  },
})

const afterwards = (last: Stored<ActorRecord>, event: Event, by = 'somebody'): ActorRecord => {
  const [kindName = ''] = last.body.machine.split('@')
  const kind = KINDS.find(({ name }) => name === kindName)
  if (!kind) throw new Error(`no kind ${kindName}`)
  const address = { kind: kindName, id: 'id-1' }
  const decision = decide(
    kind,
    last,
    { commandId: 'c-5', address, event, by: { role: 'customer', id: by }, at: T0 },
    Date.parse(later(60_000)),
  )
  if (decision.kind !== 'commit') throw new Error(JSON.stringify(decision))
  return decision.entry.record
}

const { windows, ...tap } = aTap()
const { payMs, acceptMs, confirmMs } = windows
const order = (status: string, more: object = {}) =>
  written(
    'order',
    { order: status, payment: 'approved', refund: 'none' },
    { ...tap, windows: { payMs, acceptMs, confirmMs }, placedAt: T0, attempt: 1, payBy: later(payMs), approvedAt: T0, ...more },
  )

describe('what the first release left behind', () => {
  it('goes on: an order at every stage', () => {
    const { value, context } = afterwards(order('placed'), { type: 'accept', prepMinutes: 10 }).state
    expect(value).to.deep.equal({ order: 'accepted', payment: 'approved', refund: 'none', alert: 'calm', claim: 'none' })
    expect(context.windows).to.deep.equal(windows)
    const picked = afterwards(order('cooked', { cookedAt: T0 }), { type: 'pick' }, 'rider-1')
    expect(orderRegions(picked.state)).to.include({ order: 'picked', claim: 'none' })
    const delivered = afterwards(order('picked', { cookedAt: T0, rider: { id: 'rider-1' } }), { type: 'deliver' }, 'rider-1')
    expect(orderRegions(delivered.state).order).to.equal('delivered')
    expect(afterwards(order('delivered'), { type: 'confirm' }).machine).to.equal('order@2')
  })

  it('goes on: stores, menus, riders and customers', () => {
    const hours = Array.from({ length: 7 }, () => null)
    expect(afterwards(written('store', 'open', { name: '황금치킨', hours, zone: 'Asia/Seoul' }), { type: 'close' }).state.value).to.equal(
      'closed',
    )
    const item = { id: 'm-1', name: '후라이드', price: 1, soldOut: false, options: [] }
    const menu = afterwards(written('menu', 'published', { items: [item] }), { type: 'setSoldOut', menuId: 'm-1', soldOut: true })
    expect(menu.state.context.items).to.deep.equal([{ ...item, soldOut: true }])
    const rider = afterwards(written('rider', 'idle', { name: '고은찬', phone: '0' }), { type: 'take', orderId: 'o_1', limit: 1, claim: 1 })
    expect(rider.state).to.deep.include({ value: 'delivering' })
    expect(rider.state.context).to.deep.include({ onDuty: true, carrying: [], taking: [{ orderId: 'o_1', claim: 1, at: later(60_000) }] })
    const customer = written('customer', 'known', { name: '김하늘', phone: '0', grade: 'BRONZE', completedOrders: 0 })
    expect(afterwards(customer, { type: 'orderCompleted', orderId: 'o_1' }).state.context).to.deep.include({
      completedOrders: 1,
      counted: ['o_1'],
      messages: { kakao: true },
    })
  })
})
