import { expect } from 'chai'
import { changeOf } from '../../../clients/store/ended.ts'
import { bodyOf, draftOf, isAlways, isPastMidnight } from '../../../clients/store/hours.ts'
import { matching, soldOutCount, withStock } from '../../../clients/store/menu.ts'
import { riderAway } from '../../../clients/store/rider-places.ts'
import { distanceM } from '../../../machines/distance.ts'
import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import type { ProfileView } from '../../../server/contract/store-profile.ts'

const choice = (id: string, name: string) => ({ id, name, price: 500 })
const MENU = {
  items: [
    { id: 'm-1', name: '양념 치킨', price: 18_000, soldOut: false, options: [] },
    {
      id: 'm-2',
      name: 'Fried rice',
      price: 9_000,
      soldOut: true,
      options: [{ id: 'o1', name: '추가', choices: [choice('c1', '치즈'), choice('c2', '계란')], min: 0, max: 2 }],
    },
  ],
}

describe('the menu of a store', () => {
  it('is searched by dishes and choices, whatever the spaces and the case', () => {
    const found = (query: string) => matching(MENU, query).map(({ id }) => id)
    expect([found('양념치'), found('FRIED  R'), found('치즈'), found(''), found('피자')]).to.deep.equal([
      ['m-1'],
      ['m-2'],
      ['m-2'],
      ['m-1', 'm-2'],
      [],
    ])
  })

  it('marks a dish or one choice, and nothing else', () => {
    const dish = withStock(MENU, { menuId: 'm-1', soldOut: true })
    expect(dish.items.map(({ soldOut }) => soldOut)).to.deep.equal([true, true])
    const one = withStock(MENU, { menuId: 'm-2', choiceId: 'c2', soldOut: true })
    expect(one.items[1]?.options[0]?.choices).to.deep.equal([choice('c1', '치즈'), { ...choice('c2', '계란'), soldOut: true }])
    expect([MENU, dish, one].map(soldOutCount)).to.deep.equal([1, 2, 2])
  })
})

describe('orders that end elsewhere', () => {
  const order = (id: string, status: OrderStatus) => ({ id, status }) as OrderView
  const ids = (orders: readonly OrderView[]) => orders.map(({ id }) => id)

  it('are told with where they were, and asked for when the book has forgotten them', () => {
    const before = [order('a', 'accepted'), order('b', 'cooking'), order('c', 'picked'), order('d', 'canceled'), order('e', 'placed')]
    const { lost, gone } = changeOf(before, [order('a', 'canceled'), order('d', 'canceled'), order('e', 'rejected')])
    expect(lost.map(({ order: { id }, was }) => [id, was])).to.deep.equal([['a', 'accepted']])
    expect(ids(gone)).to.deep.equal(['b'])
  })
})

describe('the hours of a store', () => {
  const profile = {
    hours: [null, ...Array.from({ length: 6 }, () => ({ open: '17:00', close: '02:00' }))],
    holidays: ['2026-12-25'],
    lastOrderLeadMin: 30,
    intakeCap: null,
  } as unknown as ProfileView

  it('go through the form unchanged', () => {
    const { hours, holidays, lastOrderLeadMin, intakeCap } = profile
    expect(bodyOf(draftOf(profile))).to.deep.equal({ hours, holidays, lastOrderLeadMin, intakeCap })
    expect([isPastMidnight(profile.hours[1] ?? null), isAlways({ open: '00:00', close: '00:00' }), isAlways(null)]).to.deep.equal([
      true,
      true,
      false,
    ])
  })

  it('are not sent while a number is none', () => {
    const draft = draftOf(profile)
    for (const part of [{ lead: '' }, { lead: '241' }, { lead: '1.5' }, { cap: '0' }, { cap: 'ten' }])
      expect(bodyOf({ ...draft, ...part }), JSON.stringify(part)).to.equal(undefined)
    expect(bodyOf({ ...draft, cap: ' 12 ' })?.intakeCap).to.equal(12)
  })
})

describe('how far a rider is', () => {
  it('is told in steps of 50 m', () => {
    const store = { lat: 37.5, lng: 127 }
    expect(distanceM(store, { lat: 37.51, lng: 127 })).to.be.closeTo(1_112, 2)
    expect(riderAway(store, { orderId: 'a', at: '', stale: true, lat: 37.51, lng: 127 })).to.deep.equal({ metres: 1_100, stale: true })
  })
})
