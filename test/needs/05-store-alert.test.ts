import { expect } from 'chai'
import type { Alarm } from '../../server/contract/pushes.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'
import { PushService } from '../harness/push-service.ts'

/** Half a minute in life: the tablet is called every time, browsers from the third, operators from the sixth. */
const ALERT_EVERY_MS = 500

describe('need 5: a store is called to a new order until a human has looked', function () {
  this.timeout(120_000)
  let house: TestHouse
  let service: PushService
  let store: Somebody
  let ops: Somebody
  let customer: Somebody
  let publicKey = ''

  before(async () => {
    house = await startHouse({ ALERT_EVERY_MS: String(ALERT_EVERY_MS) })
    service = await PushService.open(() => publicKey)
    const { url } = house.house
    ;[store, ops, customer] = await Promise.all([
      Somebody.signIn(url, 'store', 'store-1'),
      Somebody.signIn(url, 'ops', 'ops-1'),
      Somebody.signIn(url, 'customer', 'customer-1'),
    ])
  })
  after(async () => {
    for (const who of [store, ops, customer]) await who[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
    await house[Symbol.asyncDispose]()
  })

  it('first the tablet again, then its browsers, then the operators; and a look ends it', async () => {
    publicKey = (await store.call<{ publicKey: string }>('/api/push/key')).publicKey
    await store.call('/api/push/subscriptions', 'PUT', service.subscribe('back-office'))
    const [tablet, console] = [await store.listen(), await ops.listen()]
    const alarms: Alarm[] = []
    console.on('alarm', alarm => alarms.push(alarm))

    const { id } = await customer.place('need-5', { paymentKey: 'pk_test_need_5' })
    const shown = () => store.pushes.filter(order => order.id === id)
    const pushed = () => service.to('back-office').filter(({ payload }) => payload.orderId === id)
    const alarmed = () => alarms.filter(({ orderId }) => orderId === id)

    await until('the tablet is called twice more', () => shown().length >= 3)
    expect(pushed(), 'its browsers are spared at first').to.deep.equal([])
    await until('its browser hears of it', () => pushed().length > 0)
    expect(alarmed(), 'and the operators for longer').to.deep.equal([])
    await until('the operators hear of it', () => alarmed().length > 0)
    const versions = shown().map(({ version }) => version)
    expect(versions, 'each call is the order itself, with a version of its own').to.deep.equal([...new Set(versions)].sort((a, b) => a - b))
    expect(new Set(shown().map(({ status }) => status))).to.deep.equal(new Set(['placed']))
    expect(pushed()[0]?.payload).to.include({ type: 'newOrder', alerts: 3 })
    expect(pushed()[0]).to.include({ topic: id, urgency: 'high' })
    expect(alarmed()[0]).to.include({ kind: 'unseenOrder', storeId: 'store-1', alerts: 6 })
    const listed = await ops.call<readonly { orderId: string }[]>('/api/ops/alarms')
    expect(listed.map(({ orderId }) => orderId)).to.include(id)

    expect(await tablet.seen(id)).to.include({ ok: true })
    await until('the look is on the tablet', () => shown().length > versions.length)
    // Another order rings meanwhile: while it goes from the browser to the operators, this one would have rung three times.
    const other = await customer.place('need-5-other', { paymentKey: 'pk_test_need_5_other' })
    await until('the other order reaches the browser', () => service.arrived.some(({ payload }) => payload.orderId === other.id))
    const before = { shown: shown().length, pushed: pushed().length, alarmed: alarmed().length }
    await until('the other order reaches the operators', () => alarms.some(({ orderId }) => orderId === other.id))
    expect({ shown: shown().length, pushed: pushed().length, alarmed: alarmed().length }).to.deep.equal(before)
    expect((await store.act(id, 'accept', { prepMinutes: 10 })).status, 'a look is no answer').to.equal('accepted')
    const alerts = pushed().map(({ payload }) => payload.alerts)
    expect(alerts, 'no call was pushed twice').to.deep.equal([...new Set(alerts)])
  })
})
