import { expect } from 'chai'
import { runTells } from '../../actors/tell.ts'
import { customer1, customer2, type GatewayHouse, openGateway, ops1, rider1, store1, until } from './gateway-house.ts'

describe('a customer’s profile', () => {
  let house: GatewayHouse
  let running: { stop(): Promise<void> }
  const newRunner = () =>
    runTells({ log: house.log, router: house.router, now: () => house.clock.now(), random: () => 0, stream: 'ORDERS', concurrency: 4 })

  beforeEach(async () => {
    house = await openGateway()
    running = await newRunner()
  })
  afterEach(async () => {
    await running.stop()
    await house[Symbol.asyncDispose]()
  })

  const profile = async (as = customer1) => (await house.call('GET', '/api/customers/me', { as })).body
  const act = async (as: typeof ops1, id: string, what: string, body: object = {}) => {
    const answer = await house.call('POST', `/api/orders/${id}/${what}`, { as, body })
    expect(answer.status, what).to.equal(200)
  }
  const completed = async (key: string): Promise<string> => {
    const { id } = (await house.place({ paymentKey: `pk_test_${key}` }, key)).body
    await act(store1, id, 'accept', { prepMinutes: 10 })
    await act(store1, id, 'start-cooking')
    await act(store1, id, 'finish-cooking')
    await act(rider1, id, 'pick')
    await act(rider1, id, 'deliver')
    await act(customer1, id, 'confirm')
    return id
  }

  it('counts completed orders once each, and shows what the next grade takes', async () => {
    expect(await profile()).to.deep.equal({
      id: 'customer-1',
      name: '김민아',
      grade: 'BRONZE',
      completedOrders: 0,
      nextGrade: { grade: 'SILVER', orders: 5 },
      messages: { kakao: true },
    })
    await house.call('PUT', '/api/riders/me/status', { as: rider1, body: { online: true } })
    for (let i = 1; i <= 5; i++) {
      await completed(`k-${i}`)
      await until(`order ${i} is counted`, async () => (await profile()).completedOrders === i)
    }
    expect(await profile()).to.deep.include({ grade: 'SILVER', completedOrders: 5, nextGrade: { grade: 'GOLD', orders: 20 } })
    expect(await profile(customer2)).to.include({ completedOrders: 0, grade: 'BRONZE' })
  })

  it('does not count an order again when all that was told is told again, by the same words or by others', async () => {
    await house.call('PUT', '/api/riders/me/status', { as: rider1, body: { online: true } })
    const id = await completed('k-1')
    await until('it is counted', async () => (await profile()).completedOrders === 1)
    const told: { subject: string; body: { event: object } }[] = []
    for await (const message of house.log.newest<{ event: object }>('fx.tell.order.>')) told.push(message)
    for (const { subject, body } of told) await house.log.put(subject, body)
    await completed('k-2') // what was told again before it has been heard by now
    await until('the next one is counted', async () => (await profile()).completedOrders === 2)
    const again = await house.router.ask({
      commandId: 'in other words',
      address: { kind: 'customer', id: 'customer-1' },
      event: { type: 'orderCompleted', orderId: id },
      by: { role: 'system', id: 'test' },
      at: new Date(house.clock.now()).toISOString(),
    })
    expect(again.kind).to.equal('refused')
    const records = await house.log.history({ kind: 'customer', id: 'customer-1' })
    expect(records.map(({ body }) => body.event.type)).to.deep.equal(['register', 'orderCompleted', 'orderCompleted'])
  })

  it('is for customers', async () => {
    for (const as of [store1, rider1, ops1]) expect((await house.call('GET', '/api/customers/me', { as })).status).to.equal(403)
  })
})
