import { expect } from 'chai'
import { isOver, isPayableAgain, payingState } from '../../../clients/customer/order/standing.ts'
import { stepsOf } from '../../../clients/customer/order/steps.ts'
import { historyOf } from '../../../clients/customer/orders/history.ts'
import { standInKey } from '../../../clients/customer/pay/payment-key.ts'
import { openFirst } from '../../../clients/customer/stores/near.ts'
import { isPlace } from '../../../clients/customer/stores/place.ts'
import { distanceM } from '../../../machines/distance.ts'
import { paymentKeyField } from '../../../server/contract/fields.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'

const at = (minute: number): string => `2026-01-01T09:${String(minute).padStart(2, '0')}:00.000Z`
const NOW = Date.parse(at(5))
const entry = (status: string, minute: number) => ({ status, at: at(minute) })
const orderOf = (changes: Partial<OrderView> = {}): OrderView => ({
  id: 'o_1',
  version: 1,
  status: 'placed',
  store: { id: 'store-1', name: 'Here' },
  customer: { id: 'customer-1' },
  items: [],
  total: 5_000,
  deliverTo: {},
  payment: { status: 'approved' },
  refund: 'none',
  placedAt: at(0),
  updatedAt: at(0),
  ...changes,
})

describe('the steps of an order', () => {
  const story = [entry('paying', 0), entry('placed', 1), entry('accepted', 2), entry('cooking', 5), entry('cooking', 6)]

  it('are done, now, or to come, each with the time it began', () => {
    const steps = stepsOf({ status: 'cooking', updatedAt: at(6) }, story)
    expect(steps.map(({ state }) => state)).to.deep.equal(['done', 'done', 'now', 'ahead', 'ahead', 'ahead'])
    expect(steps.map(({ at }) => at)).to.deep.equal([at(1), at(2), at(5), undefined, undefined, undefined])
  })

  it('know the newest one by the order itself while its story lags behind', () => {
    expect(stepsOf({ status: 'cooked', updatedAt: at(9) }, story)[3]).to.deep.equal({ name: 'cooked', state: 'now', at: at(9) })
    expect(stepsOf({ status: 'placed', updatedAt: at(1) }, [])[0]).to.deep.include({ state: 'now', at: at(1) })
  })

  it('are all done once the customer has it, and end where an undelivered order ended', () => {
    expect(stepsOf({ status: 'confirmed', updatedAt: at(30) }, story).map(({ state }) => state)).to.deep.equal(Array(6).fill('done'))
    const canceled = stepsOf({ status: 'canceled', updatedAt: at(4) }, [entry('placed', 1), entry('accepted', 2), entry('canceled', 4)])
    expect(canceled.map(({ name }) => name)).to.deep.equal(['placed', 'accepted'])
    expect(stepsOf({ status: 'expired', updatedAt: at(10) }, [entry('paying', 0)])).to.deep.equal([])
  })
})

describe('where an order stands', () => {
  it('is over when nothing more happens to it, and its money is back', () => {
    expect(isOver({ status: 'canceled', refund: 'pending' }, NOW)).to.equal(false)
    expect(isOver({ status: 'canceled', refund: 'done' }, NOW)).to.equal(true)
    expect(isOver({ status: 'delivered', refund: 'none' }, NOW)).to.equal(false)
  })

  it('is not over while a declined payment can be made again, and is when the time for that has passed', () => {
    const declined = orderOf({ status: 'paymentFailed', payment: { status: 'declined' }, payBy: at(10) })
    const standingAt = (ms: number) => [isPayableAgain(declined, ms), isOver(declined, ms), payingState(declined, true, ms)]
    expect(standingAt(Date.parse(at(10)) - 1)).to.deep.equal([true, false, 'declined'])
    expect(standingAt(Date.parse(at(10)))).to.deep.equal([false, true, 'none'])
    expect(historyOf([], [declined], NOW)).to.deep.equal({ open: [declined], past: [] })
  })

  it('asks for a payment only while none is on its way', () => {
    const paying = orderOf({ status: 'paying', payment: { status: 'pending' } })
    expect([payingState(paying, false, NOW), payingState(paying, true, NOW)]).to.deep.equal(['toPay', 'checking'])
    expect(payingState({ ...paying, payment: { status: 'unknown' } }, false, NOW)).to.equal('checking')
    expect(payingState({ ...paying, status: 'paymentWaiting' }, true, NOW)).to.equal('waiting')
    expect(payingState(orderOf(), true, NOW)).to.equal('none')
  })
})

describe('the history of a customer', () => {
  it('has each order once, at its newest, what is under way apart from what is over', () => {
    const old = orderOf({ id: 'o_old', status: 'confirmed', placedAt: at(1) })
    const lagging = orderOf({ id: 'o_new', version: 3, status: 'cooking', placedAt: at(5) })
    const ended = orderOf({ id: 'o_mid', version: 9, status: 'canceled', placedAt: at(3) })
    const { open, past } = historyOf(
      [orderOf({ id: 'o_new', version: 4, status: 'cooked', placedAt: at(5) }), ended],
      [lagging, orderOf({ id: 'o_mid', version: 8, placedAt: at(3) }), old],
      NOW,
    )
    expect(open.map(({ id, status }) => [id, status])).to.deep.equal([['o_new', 'cooked']])
    expect(past.map(({ id }) => id)).to.deep.equal(['o_mid', 'o_old'])
  })
})

describe('small things of the customer app', () => {
  it('makes payment keys that the stand-in knows and the contract takes', () => {
    expect(standInKey('decline', 'ab12')).to.equal('pk_test_decline_ab12')
    for (const card of ['approve', 'decline', 'hang'] as const)
      expect(paymentKeyField.safeParse(standInKey(card, 'f'.repeat(32))).success).to.equal(true)
  })

  it('shows stores that take orders before those that do not', () => {
    const store = (id: string, open: boolean) => ({ id, name: id, lat: 0, lng: 0, open, distanceM: 1 })
    expect(openFirst([store('a', false), store('b', true), store('c', true)]).map(({ id }) => id)).to.deep.equal(['b', 'c', 'a'])
  })

  it('measures the way from the rider to the door, and takes no place that is none', () => {
    expect(distanceM({ lat: 37.5, lng: 127 }, { lat: 37.51, lng: 127 })).to.be.closeTo(1_112, 1)
    expect(distanceM({ lat: 37.5, lng: 127 }, { lat: 37.5, lng: 127.01 })).to.be.closeTo(882, 2)
    expect([isPlace({ address: 'here', lat: 1, lng: 2 }), isPlace({ address: ' ', lat: 1, lng: 2 }), isPlace(null)]).to.deep.equal([
      true,
      false,
      false,
    ])
  })
})
