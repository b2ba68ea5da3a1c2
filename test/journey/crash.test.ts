import { expect } from 'chai'
import { startHouse, until } from '../harness/house.ts'
import { ledgerOf, Somebody } from '../harness/people.ts'

const ACCEPT_WINDOW_MS = 6_000

describe('a house whose every process is killed', function () {
  this.timeout(120_000)

  it('opens again with nothing lost, and keeps the promises that fell due meanwhile', async () => {
    await using test = await startHouse({ ACCEPT_WINDOW_MS: String(ACCEPT_WINDOW_MS) })
    const before = test.house
    const customer = await Somebody.signIn(before.url, 'customer', 'customer-1')
    const store = await Somebody.signIn(before.url, 'store', 'store-1')
    const answered = await customer.place('crash-1', { paymentKey: 'pk_test_crash_1' })
    const accepted = await store.act(answered.id, 'accept', { prepMinutes: 10 })
    const unanswered = await customer.place('crash-2', { paymentKey: 'pk_test_crash_2' })
    const deadline = Date.parse(unanswered.updatedAt) + ACCEPT_WINDOW_MS

    const after = await test.crashAndReopen()
    await until('the store’s time to answer is over', () => Date.now() > deadline)

    const again = await Somebody.signIn(after.url, 'customer', 'customer-1')
    expect((await again.order(answered.id)).version).to.equal(accepted.version)
    expect(await again.place('crash-1', { paymentKey: 'pk_test_crash_1' })).to.deep.equal(answered)
    const expired = await again.sees(unanswered.id, ({ refund }) => refund === 'done', 'the refund of the unanswered order')
    expect(expired.status).to.equal('expired')
    const { payments } = await ledgerOf(after.standIns.psp, unanswered.id)
    expect(payments[0]).to.deep.include({ confirms: 1, balanceAmount: 0 })

    const tablet = await Somebody.signIn(after.url, 'store', 'store-1')
    expect((await tablet.act(answered.id, 'start-cooking')).status).to.equal('cooking')
    const listed = async () =>
      (await again.call<{ items: { id: string; status: string }[] }>('/api/orders')).items.map(({ status }) => status)
    await until('the read model has caught up', async () => (await listed()).join() === 'expired,cooking')

    const fresh = await test.reopenFresh()
    const newcomer = await Somebody.signIn(fresh.url, 'customer', 'customer-1')
    expect((await newcomer.call<{ items: unknown[] }>('/api/orders')).items).to.deep.equal([])
    expect(await newcomer.refused(`/api/orders/${answered.id}`)).to.equal('404 ORDER_NOT_FOUND')
  })
})
