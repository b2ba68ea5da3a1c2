import { expect } from 'chai'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, callsOf, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

/** The provider has charged and nobody heard it say so: its answer is lost, the worker that asked is killed, or it is killed itself. */
describe('need 2: a lost answer of the provider never becomes a failure or a second charge', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let customer: Somebody
  let orders = 0
  const ledger = (id: string) => ledgerOf(shared.house.standIns.psp, id)
  const faults = async (body: object): Promise<void> => {
    const { status } = await fetch(`${shared.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
    expect(status).to.equal(200)
  }

  before(async () => {
    customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-15')
    await customer.listen()
  })
  afterEach(() => faults({}))
  after(() => customer?.[Symbol.asyncDispose]())

  /** Without its payment, so that its id is known before the provider is asked. */
  const unpaid = async (): Promise<OrderView> => {
    const order = { storeId: 'store-15', items: [{ menuId: 'm-15-1', quantity: 1 }], paymentKey: undefined }
    return customer.place(`lost-${++orders}`, anOrder(order))
  }
  /** The charge is in the provider's book, and its answer is still on the way, never to arrive. */
  const charged = async (id: string): Promise<void> =>
    until('the provider has charged', async () => (await ledger(id)).payments.some(({ confirms }) => confirms === 1))
  const isPaid = ({ status }: OrderView): boolean => status === 'placed'

  const expectOneCharge = async (id: string, total: number): Promise<void> => {
    const { payments } = await ledger(id)
    expect(payments.map(({ confirms, amount, balanceAmount }) => [confirms, amount, balanceAmount])).to.deep.equal([[1, total, total]])
    const shown = customer.pushes.filter(order => order.id === id)
    expect(new Set(shown.map(({ status }) => status))).to.not.include('paymentFailed')
    expect(new Set(shown.map(({ payment }) => payment.status))).to.not.include('declined')
  }

  it('finds the charge by looking it up when the answer is lost, and never says that it failed', async () => {
    const lost = await Promise.all([unpaid(), unpaid(), unpaid()])
    const answers = await Promise.all(
      lost.map(({ id }, i) => customer.act(id, 'pay', { paymentKey: `pk_test_timeout_need_2_${i}` }, `pay-${i}`)),
    )
    for (const { status, payment } of answers) {
      expect(status).to.be.oneOf(['paying', 'placed'])
      expect(payment.status).to.be.oneOf(['pending', 'unknown', 'approved'])
    }
    for (const { id, total } of lost) {
      await customer.sees(id, isPaid, 'its order paid', 30_000)
      await expectOneCharge(id, total)
      expect(callsOf(await ledger(id), 'confirm')).to.equal(1)
    }
    // The customer, who knows nothing of all this, taps once more: the same tap is answered with what came of it at first, another one is told where the order is.
    const again = await Promise.all(
      lost.map(({ id }, i) => customer.act(id, 'pay', { paymentKey: `pk_test_timeout_need_2_${i}` }, `pay-${i}`)),
    )
    for (const { payment } of again) expect(payment.status).to.be.oneOf(['unknown', 'approved'])
    for (const { id } of lost)
      expect(await customer.refused(`/api/orders/${id}/pay`, 'POST', { paymentKey: 'pk_test_another' })).to.equal('409 ORDER_REFUSED')
    for (const { id, total } of lost) await expectOneCharge(id, total)
  })

  for (const process of ['payments', 'psp'])
    it(`charges once though ${process === 'psp' ? 'the provider' : 'the worker that asked'} is killed after the charge`, async () => {
      const { id, total } = await unpaid()
      await faults({ timeoutAfterCommitRate: 1, on: ['confirm'] })
      const paying = customer.act(id, 'pay', { paymentKey: `pk_test_killed_${process}` })
      await charged(id)
      shared.house.kill(process, 'SIGKILL')
      if (process === 'payments') await faults({})
      await paying
      await shared.house.ready()
      await customer.sees(id, isPaid, 'its order paid', 45_000)
      await expectOneCharge(id, total)
    })

  it('gives the money back once though the answer to the refund is lost', async () => {
    const { id, total } = await unpaid()
    await customer.act(id, 'pay', { paymentKey: 'pk_test_need_2_refund' })
    await customer.sees(id, isPaid, 'its order paid')
    await faults({ timeoutAfterCommitRate: 1, on: ['cancel'] })
    const canceled = await customer.act(id, 'cancel', { reason: '마음이 바뀌었어요' })
    expect(canceled).to.include({ status: 'canceled', refund: 'pending' })
    await customer.sees(id, ({ refund }) => refund === 'done', 'its money back', 30_000)
    const { payments } = await ledger(id)
    expect(payments.map(({ confirms, amount, balanceAmount, cancels }) => [confirms, amount, balanceAmount, cancels.length])).to.deep.equal(
      [[1, total, 0, 1]],
    )
  })

  it('gives back what was charged of an order that was canceled before anybody knew', async () => {
    const { id, total } = await unpaid()
    await customer.act(id, 'pay', { paymentKey: 'pk_test_timeout_canceled' })
    expect(await customer.act(id, 'cancel', {})).to.include({ status: 'canceled' })
    await customer.sees(id, ({ refund }) => refund === 'done', 'its money back', 30_000)
    const { payments } = await ledger(id)
    expect(payments.map(({ confirms, amount, balanceAmount, cancels }) => [confirms, amount, balanceAmount, cancels.length])).to.deep.equal(
      [[1, total, 0, 1]],
    )
  })
})
