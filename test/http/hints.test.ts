import { expect } from 'chai'
import { orderRegions } from '../../actors/kinds/order.ts'
import { PaymentHints } from '../../server/gateway/payment-hints.ts'
import { type GatewayHouse, openGateway, until } from './gateway-house.ts'

describe('a webhook of the provider', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())
  const hint = (orderId: string) =>
    house.call('POST', '/webhooks/toss', { body: { eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId, status: 'DONE' } } })
  const paymentOf = async (id: string) => {
    const record = await house.log.latest({ kind: 'order', id })
    return record && orderRegions(record.body.state).payment
  }

  it('has a payment looked up that was refused, whatever it says itself', async () => {
    house.provider.outcome = () => ({ kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '거절' })
    const { body } = await house.place({ paymentKey: 'pk_test_1' })
    expect([body.status, (await hint(body.id)).status]).to.deep.equal(['paymentFailed', 200])
    await until('the payment is looked up', async () => (await paymentOf(body.id)) === 'verifying')
    expect((await house.call('GET', `/api/orders/${body.id}`, { as: { role: 'customer', id: 'customer-1' } })).body.status).to.equal(
      'paymentFailed',
    )
  })

  it('keeps no customer from his next card who was told of the decline already', async () => {
    house.provider.outcome = () => ({ kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '거절' })
    const { body } = await house.place({ paymentKey: 'pk_test_1' })
    const before = await house.log.end('ORDERS')
    const hints = new PaymentHints({ log: house.log, router: house.router, now: Date.now, newId: () => 'hint-1' })
    await hints.take(body.id, 'ABORTED', 'request-1')
    expect(await house.log.end('ORDERS')).to.equal(before)
    await hints.take(body.id, 'DONE', 'request-2')
    expect(await paymentOf(body.id)).to.be.oneOf(['verifying', 'declined'])
    expect(await house.log.end('ORDERS')).to.be.above(before)
  })

  it('moves nothing where there is no doubt, and nothing that is not ours', async () => {
    const { body } = await house.place({ paymentKey: 'pk_test_1' })
    const before = await house.log.end('ORDERS')
    for (const orderId of [body.id, body.id, 'o_nowhere', 'o_*.>', '']) expect((await hint(orderId)).status).to.equal(200)
    const { body: after } = await house.call('GET', `/api/orders/${body.id}`, { as: { role: 'customer', id: 'customer-1' } })
    expect([after.version, await house.log.end('ORDERS')]).to.deep.equal([body.version, before])
  })
})
