import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

describe('a house one process of which is killed', function () {
  this.timeout(120_000)
  const shared = sharedHouse()

  it('restarts a process that dies, and goes on', async () => {
    const customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-9')
    const first = await customer.place('kill-0', { paymentKey: 'pk_test_kill_0' })
    for (const name of ['actors', 'payments', 'projector', 'nats', 'postgres'] as const) {
      shared.house.kill(name, 'SIGKILL')
      const view = await placeUntilTaken(customer, `kill-${name}`)
      await customer.sees(view.id, ({ status }) => status === 'placed', `the order placed while ${name} was down`, 30_000)
    }
    await shared.house.ready()
    expect((await customer.order(first.id)).status).to.equal('placed')
    const count = async () => (await customer.call<{ items: unknown[] }>('/api/orders')).items.length
    await until('all orders are listed', async () => (await count()) === 6)
  })
})

/** A customer's app: it asks again under the same key until it has an answer. */
const placeUntilTaken = async (customer: Somebody, key: string) => {
  const order = { paymentKey: `pk_test_${key.replace('-', '_')}` }
  let view: Awaited<ReturnType<Somebody['place']>> | undefined
  await until(`the order ${key} is taken`, async () => {
    view = await customer.place(key, order).catch(() => undefined)
    return view !== undefined
  })
  return view as Awaited<ReturnType<Somebody['place']>>
}
