import { expect } from 'chai'
import type { BreakerView } from '../../server/contract/breakers.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const DECLINES = 1_000
const AT_ONCE = 30

describe('need 19: the breaker counts outages, not declined cards', function () {
  this.timeout(120_000)
  const shared = sharedHouse()
  const origin = () => shared.house.url
  const setProvider = async (faults: object) => {
    const answer = await fetch(`${shared.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(faults) })
    expect(answer.status).to.equal(200)
  }
  const stateOf = async (ops: Somebody) =>
    (await ops.call<BreakerView[]>('/api/ops/breakers')).find(({ name }) => name === 'confirm')?.state

  it('stays closed over a thousand declines, opens when half the calls time out, and loses no payment over it', async () => {
    await using ops = await Somebody.signIn(origin(), 'ops', 'ops-1')
    await using customer = await Somebody.signIn(origin(), 'customer', 'customer-19')
    const live = await customer.listen()
    let orders = 0
    const place = async (kind: string): Promise<OrderView> => {
      const key = `need-19-${++orders}`
      const ack = await live.command({
        name: 'place',
        idempotencyKey: key,
        storeId: 'store-19',
        items: [{ menuId: 'm-19-1', quantity: 1 }],
        deliverTo: { address: '서울 강남구 테헤란로 152', lat: 37.50006, lng: 127.03655 },
        paymentKey: `pk_test_${kind}_${key}`,
      })
      if (!ack.ok) throw new Error(ack.error.code)
      return ack.order
    }
    for (let declined = 0; declined < DECLINES; declined += 25) {
      const views = await Promise.all(Array.from({ length: 25 }, () => place('decline')))
      expect([...new Set(views.map(({ status }) => status))]).to.deep.equal(['paymentFailed'])
    }
    expect(await stateOf(ops)).to.equal('closed')

    await setProvider({ timeoutAfterCommitRate: 0.5, on: ['confirm'] })
    const views: OrderView[] = []
    const placing = Promise.all(Array.from({ length: AT_ONCE }, async () => views.push(await place('good'))))
    await until('it opens', async () => (await stateOf(ops)) === 'open', 30_000)
    await setProvider({})
    await placing
    // Those who called when it opened need not call again: whoever comes next is the probe, and those after him are the ramp.
    const closed = async (): Promise<boolean> => {
      if ((await stateOf(ops)) === 'closed') return true
      views.push(await place('good'))
      return false
    }
    await until('it is closed again', closed, 60_000)
    for (const { id } of views) {
      await customer.sees(id, ({ status }) => status === 'placed', 'the order paid', 60_000)
      expect((await ledgerOf(shared.house.standIns.psp, id)).payments.map(({ confirms }) => confirms)).to.deep.equal([1])
    }
  })
})
