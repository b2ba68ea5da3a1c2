import { expect } from 'chai'
import { nextInInbox } from '../../actors/inbox.ts'
import { anOrder, customer1, type GatewayHouse, openGateway, rider1, store1 } from './gateway-house.ts'

describe('the name of a request', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const named = (requestId: string) => ({ 'x-request-id': requestId })
  const order = (requestId: string, body: object) =>
    house.call('POST', '/api/orders', { as: customer1, body, headers: { ...named(requestId), 'idempotency-key': requestId } })
  const records = async (kind: string, id: string) =>
    (await house.log.history({ kind, id })).map(({ body }) => [body.event.type, body.correlationId])

  it('is in the record that it led to, in the effect that this one asked for, and in the record of its result', async () => {
    const placed = await order('tap-1', anOrder({ paymentKey: 'pk_test_1' }))
    const { id } = placed.body
    await house.call('POST', `/api/orders/${id}/accept`, { as: store1, body: { prepMinutes: 10 }, headers: named('tap-2') })
    expect(await records('order', id)).to.deep.equal([
      ['place', 'tap-1'],
      ['xstate.done.actor.confirmPayment', 'tap-1'],
      ['accept', 'tap-2'],
    ])
    const asked: unknown[] = []
    for await (const { body } of house.log.newest<{ correlationId?: string }>('fx.confirmPayment.order.>')) asked.push(body.correlationId)
    expect(asked).to.deep.equal(['tap-1'])
  })

  it('goes with the timer that a record set, whenever it falls due', async () => {
    await order('tap-1', anOrder())
    house.clock.advance(600_000)
    const due: unknown[] = []
    for await (const { body } of house.log.newest<{ correlationId?: string }>('due.order.>')) due.push(body.correlationId)
    expect(due).to.deep.equal(['tap-1'])
  })

  it('is in the records of stores, riders and customers', async () => {
    await house.call('PUT', '/api/stores/me/status', { as: store1, body: { open: false }, headers: named('closing-1') })
    await house.call('PUT', '/api/stores/me/menu/m-1', { as: store1, body: { soldOut: true }, headers: named('sold-1') })
    await house.call('PUT', '/api/riders/me/status', { as: rider1, body: { online: true }, headers: named('day-1') })
    expect((await records('store', 'store-1')).at(-1)).to.deep.equal(['close', 'closing-1'])
    expect((await records('menu', 'store-1')).at(-1)).to.deep.equal(['setSoldOut', 'sold-1'])
    expect((await records('rider', 'rider-1')).at(-1)).to.deep.equal(['goOnline', 'day-1'])
    const account = { role: 'customer', login: 'newcomer', password: 'long enough', name: '이새벽', phone: '01000000005' }
    const { id } = (await house.call('POST', '/api/accounts', { body: account, headers: named('new-1') })).body
    expect(await records('customer', id)).to.deep.equal([['register', 'new-1']])
  })

  it('waits in the inbox with an order that finds no host', async () => {
    await house.host.drain()
    const { body, status } = await order('tap-1', anOrder())
    expect(status).to.equal(202)
    expect(await nextInInbox(house.log, { kind: 'order', id: body.id })).to.include({ correlationId: 'tap-1' })
  })

  it('is made where none was given, and told', async () => {
    const key = { 'idempotency-key': 'a key' }
    const answer = await house.call('POST', '/api/orders', {
      as: customer1,
      body: anOrder(),
      headers: { ...key, 'x-request-id': 'not a token' },
    })
    const made = answer.headers.get('x-request-id')
    expect(made).to.match(/^[A-Za-z0-9_-]{1,64}$/)
    expect(await records('order', answer.body.id)).to.deep.equal([['place', made]])
  })
})
