import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { anOrder, knock, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const AWAY = ['actors', 'payments', 'projector', 'notifier'] as const

describe('a house of which only the door and the log are left', function () {
  this.timeout(120_000)
  const shared = sharedHouse()
  const order = { storeId: 'store-25', items: [{ menuId: 'm-25-1', quantity: 1 }] }

  it('takes orders, and carries each of them out once when the others are back', async () => {
    const { house } = shared
    const customer = await Somebody.signIn(house.url, 'customer', 'customer-7')
    for (const name of AWAY) house.kill(name, 'SIGSTOP')
    house.kill('postgres', 'SIGKILL')
    const place = (key: string, paymentKey?: string) =>
      knock(house.url, '/api/orders', {
        method: 'POST',
        headers: { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(anOrder({ ...order, paymentKey })),
      })
    const taken = await Promise.all([place('inbox-1', 'pk_test_inbox_1'), place('inbox-2', 'pk_test_inbox_2'), place('inbox-3')])
    expect(taken.map(({ status }) => status)).to.deep.equal([202, 202, 202])
    const again = await place('inbox-1', 'pk_test_inbox_1')
    expect([again.status, again.body]).to.deep.equal([202, taken[0]?.body])
    const ids = taken.map(({ body }) => String(body.id))
    for (const id of ids) expect(await customer.order(id)).to.include({ version: 0, status: 'paying' })
    expect(await customer.refused(`/api/orders/${ids[0]}/cancel`, 'POST', {})).to.equal('503 NO_HOST')

    for (const name of AWAY) house.kill(name, 'SIGCONT')
    for (const id of ids.slice(0, 2)) {
      await customer.sees(id, ({ status }) => status === 'placed', 'the order placed', 30_000)
      const { payments } = await ledgerOf(house.standIns.psp, id)
      expect(payments.map(({ confirms, status }) => [confirms, status])).to.deep.equal([[1, 'DONE']])
    }
    await customer.sees(ids[2] ?? '', ({ version, status }) => version === 1 && status === 'paying', 'the order without a card', 30_000)
    await house.ready()
    const listed = async () => (await customer.call<{ items: { id: string }[] }>('/api/orders')).items.map(({ id }) => id)
    await until('the read model has caught up', async () => (await listed().catch(() => [])).length === 3)
    expect((await listed()).sort()).to.deep.equal([...ids].sort())
    const first = await place('inbox-1', 'pk_test_inbox_1')
    expect([first.status, first.body.id, first.body.status]).to.deep.equal([201, ids[0], 'placed'])

    await using store = await Somebody.signIn(house.url, 'store', 'store-25')
    const tablet = await store.listen()
    expect(tablet.orders.all.map(({ id, status }) => [id, status]).sort()).to.deep.equal(
      ids
        .slice(0, 2)
        .map(id => [id, 'placed'])
        .sort(),
    )
    for (const id of ids.slice(0, 2)) expect((await store.act(id, 'accept', { prepMinutes: 10 })).status).to.equal('accepted')
  })
})
