import { expect } from 'chai'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, callsOf, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { type Door, refusalOf, restDoor, socketDoor, type Wish } from './doors.ts'

const TAPS = 50

/** A nervous thumb: the same wish fifty times at once, through every door in turn. */
const tap = (doors: readonly Door[], wish: Wish): Promise<OrderView[]> =>
  Promise.all(Array.from({ length: TAPS }, (_, i) => (doors[i % doors.length] as Door)(wish)))

const expectAlike = (views: readonly OrderView[]): OrderView => {
  expect(views).to.have.length(TAPS)
  for (const view of views) expect(view).to.deep.equal(views[0])
  return views[0] as OrderView
}

describe('need 1: one tap is one order and one charge, however often it arrives', function () {
  this.timeout(60_000)
  const shared = sharedHouse()
  let customer: Somebody
  let store: Somebody
  let byRest: Door[]
  /** Two sockets: one may have 32 requests in hand. */
  let bySocket: Door[]
  let byBoth: Door[]
  let stores: Door[]
  const ledger = (id: string) => ledgerOf(shared.house.standIns.psp, id)
  const order = (number: number, changes: object = {}) =>
    anOrder({ storeId: 'store-4', items: [{ menuId: 'm-4-1', quantity: 1 }], paymentKey: `pk_test_tap_${number}`, ...changes })
  const unpaid = (number: number) => ({ ...order(number), paymentKey: undefined })

  before(async () => {
    const { url } = shared.house
    customer = await Somebody.signIn(url, 'customer', 'customer-11')
    store = await Somebody.signIn(url, 'store', 'store-4')
    const sockets = [await customer.listen(), await customer.listen()].map(socketDoor)
    byRest = [restDoor(customer)]
    bySocket = sockets
    byBoth = [restDoor(customer), ...sockets]
    stores = [restDoor(store), socketDoor(await store.listen())]
  })
  after(async () => {
    for (const who of [customer, store]) await who?.[Symbol.asyncDispose]()
  })

  const doors = { REST: () => byRest, 'the socket': () => bySocket, 'REST and the socket': () => byBoth }
  for (const [number, [name, chosen]] of Object.entries(doors).entries())
    it(`makes fifty equal orders by ${name} one order, one call to the provider, and fifty equal answers`, async () => {
      const wish: Wish = { name: 'place', key: `tap-${number}`, body: order(number) }
      const { id, status } = expectAlike(await tap(chosen(), wish))
      expect(status).to.equal('placed')
      const { payments, ...book } = await ledger(id)
      expect(payments.map(({ confirms, amount, balanceAmount }) => [confirms, amount === balanceAmount])).to.deep.equal([[1, true]])
      expect(callsOf({ payments, ...book }, 'confirm')).to.equal(1)
      for (const door of chosen()) {
        expect(await refusalOf(door({ ...wish, body: order(number, { note: '다른 주문' }) }))).to.match(/^(422 )?IDEMPOTENCY_KEY_REUSED$/)
      }
    })

  it('says 422 to the same key with another body', async () => {
    const wish: Wish = { name: 'place', key: 'tap-422', body: order(422) }
    await restDoor(customer)(wish)
    const other = { ...wish, body: order(422, { items: [{ menuId: 'm-4-1', quantity: 2 }] }) }
    expect(await refusalOf(restDoor(customer)(other))).to.equal('422 IDEMPOTENCY_KEY_REUSED')
  })

  it('charges once for fifty equal payments of an order', async () => {
    const { id } = await restDoor(customer)({ name: 'place', key: 'tap-pay', body: unpaid(0) })
    const pay: Wish = { name: 'pay', orderId: id, key: 'pay-1', body: { paymentKey: 'pk_test_tap_pay' } }
    expect(expectAlike(await tap(byBoth, pay)).status).to.equal('placed')
    expect(callsOf(await ledger(id), 'confirm')).to.equal(1)
    expect(await refusalOf(restDoor(customer)({ ...pay, body: { paymentKey: 'pk_test_tap_else' } }))).to.equal('422 IDEMPOTENCY_KEY_REUSED')
  })

  it('moves an order once for fifty equal acceptances', async () => {
    const { id, version } = await restDoor(customer)({ name: 'place', key: 'tap-accept', body: order(7) })
    const accept: Wish = { name: 'accept', orderId: id, key: 'accept-1', body: { prepMinutes: 20 } }
    expect(expectAlike(await tap(stores, accept))).to.include({ status: 'accepted', version: version + 1 })
    expect((await store.order(id)).version).to.equal(version + 1)
    for (const door of stores)
      expect(await refusalOf(door({ ...accept, body: { prepMinutes: 25 } }))).to.match(/^(422 )?IDEMPOTENCY_KEY_REUSED$/)
  })

  it('gives the money back once for fifty equal cancellations', async () => {
    const { id } = await restDoor(customer)({ name: 'place', key: 'tap-cancel', body: order(8) })
    const cancel: Wish = { name: 'cancel', orderId: id, key: 'cancel-1', body: { reason: '잘못 눌렀어요' } }
    expect(expectAlike(await tap(byBoth, cancel)).status).to.equal('canceled')
    await customer.sees(id, ({ refund }) => refund === 'done', 'the refund')
    const { payments, ...book } = await ledger(id)
    expect(payments.map(({ balanceAmount, cancels }) => [balanceAmount, cancels.length])).to.deep.equal([[0, 1]])
    expect(callsOf({ payments, ...book }, 'cancel')).to.equal(1)
    expect(await refusalOf(restDoor(customer)({ ...cancel, body: { reason: '다른 이유' } }))).to.equal('422 IDEMPOTENCY_KEY_REUSED')
  })

  it('leaves in the customer’s list exactly the orders that were meant', async () => {
    const listed = () => customer.call<{ items: OrderView[] }>('/api/orders?limit=100')
    await until('the read model has caught up', async () => (await listed()).items.length >= 7)
    const { items } = await listed()
    expect(items.map(({ status }) => status).sort()).to.deep.equal(['accepted', 'canceled', ...Array<string>(5).fill('placed')])
  })
})
