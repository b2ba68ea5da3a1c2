import { expect } from 'chai'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { anOrder, callsOf, ledgerOf, Somebody } from '../harness/people.ts'

const ACCEPT_WINDOW_MS = 5_000
/** The phone of customer-12. */
const PHONE = '01000000012'

interface Message {
  readonly kakaoOptions: { readonly templateId: string; readonly variables: Readonly<Record<string, string>> }
}

describe('need 4: an order that no store answers ends by itself, with a refund and a message', function () {
  this.timeout(120_000)
  let test: TestHouse
  const order = (paymentKey: string) => anOrder({ storeId: 'store-5', items: [{ menuId: 'm-5-1', quantity: 1 }], paymentKey })

  before(async () => {
    test = await startHouse({ ACCEPT_WINDOW_MS: String(ACCEPT_WINDOW_MS) })
  })
  after(() => test?.[Symbol.asyncDispose]())

  /** Templates of what the customer was told about an order, in the order of telling. */
  const toldAbout = async (orderId: string): Promise<string[]> => {
    const answer = await fetch(`${test.house.standIns.kakao}/stand-in/messages?to=${PHONE}`)
    const { messages } = (await answer.json()) as { readonly messages: readonly Message[] }
    return messages
      .map(({ kakaoOptions }) => kakaoOptions)
      .filter(({ variables }) => variables['#{order}'] === orderId)
      .map(({ templateId }) => templateId)
  }

  const expectEnded = async (orderId: string): Promise<void> => {
    const customer = await Somebody.signIn(test.house.url, 'customer', 'customer-12')
    const ended = await customer.sees(orderId, ({ refund }) => refund === 'done', 'the refund', 30_000)
    expect(ended).to.deep.include({ status: 'expired', payment: { status: 'canceled' } })
    const ledger = await ledgerOf(test.house.standIns.psp, orderId)
    expect(ledger.payments.map(({ confirms, balanceAmount, cancels }) => [confirms, balanceAmount, cancels.length])).to.deep.equal([
      [1, 0, 1],
    ])
    expect(callsOf(ledger, 'cancel')).to.equal(1)
    const ends = async () => (await toldAbout(orderId)).filter(template => template === 'BAEDAL_EXPIRED_1')
    await until('the customer is told', async () => (await ends()).length > 0)
    expect(await ends()).to.have.length(1)
    await using tablet = await Somebody.signIn(test.house.url, 'store', 'store-5')
    expect((await tablet.listen()).orders.get(orderId), 'on a tablet that was just switched on').to.equal(undefined)
    expect(await tablet.refused(`/api/orders/${orderId}/accept`, 'POST', { prepMinutes: 10 })).to.equal('409 ORDER_REFUSED')
  }

  it('when its time is over, and takes it off the store’s tablet', async () => {
    const customer = await Somebody.signIn(test.house.url, 'customer', 'customer-12')
    await using tablet = await Somebody.signIn(test.house.url, 'store', 'store-5')
    const live = await tablet.listen()
    const { id, status } = await customer.call<{ id: string; status: string }>('/api/orders', 'POST', order('pk_test_quiet_1'), 'quiet-1')
    expect(status).to.equal('placed')
    await until('the tablet shows it', () => live.orders.get(id)?.status === 'placed')
    await until('the tablet is told of its end', () => live.orders.get(id)?.status === 'expired')
    await expectEnded(id)
  })

  it('also when every process is killed before its time is over', async () => {
    const customer = await Somebody.signIn(test.house.url, 'customer', 'customer-12')
    const { id, updatedAt } = await customer.call<{ id: string; updatedAt: string }>(
      '/api/orders',
      'POST',
      order('pk_test_quiet_2'),
      'quiet-2',
    )
    expect(Date.now(), 'the kill comes in time').to.be.below(Date.parse(updatedAt) + ACCEPT_WINDOW_MS)
    await test.crashAndReopen()
    await expectEnded(id)
  })
})
