import { expect } from 'chai'
import { storeWithMenuView } from '../../server/contract/stores.ts'
import { hashPassword } from '../../server/gateway/passwords.ts'
import { startHealth } from '../../server/health.ts'
import { customer1, type GatewayHouse, openGateway, rider1, store1, until } from './gateway-house.ts'

describe('behind the HTTP door', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const signIn = (login: string, password: string) => house.call('POST', '/api/sessions', { body: { role: 'customer', login, password } })

  it('a customer registers, signs in and finds a profile', async () => {
    const account = { role: 'customer', login: 'mina', password: 'longenough', name: '김민아', phone: '01000000009' }
    const registered = await house.call('POST', '/api/accounts', { body: account })
    expect(registered.status).to.equal(201)
    const signedIn = await signIn('mina', 'longenough')
    expect([signedIn.status, signedIn.body.id]).to.deep.equal([201, registered.body.id])
    const me = await house.call('GET', '/api/customers/me', { token: signedIn.body.token })
    expect(me.body).to.deep.equal({
      id: registered.body.id,
      name: '김민아',
      grade: 'BRONZE',
      completedOrders: 0,
      nextGrade: { grade: 'SILVER', orders: 5 },
      messages: { kakao: true },
    })
    expect((await house.call('POST', '/api/accounts', { body: account })).body.error.code).to.equal('LOGIN_TAKEN')
  })

  it('a wrong password and an unknown login are refused alike, and guessing is slowed down', async () => {
    const passwordHash = await hashPassword('demo')
    await house.accounts.addAccount({
      role: 'customer',
      login: 'customer-1',
      id: 'customer-1',
      passwordHash,
      name: 'x',
      createdAt: new Date(),
    })
    expect((await signIn('customer-1', 'demo')).status).to.equal(201)
    expect((await signIn('nobody', 'demo')).body).to.deep.equal((await signIn('customer-1', 'wrong')).body)
    for (let i = 0; i < 9; i++) await signIn('customer-1', 'wrong')
    const slowed = await signIn('customer-1', 'demo')
    expect([slowed.status, slowed.body.error.code, slowed.headers.get('retry-after')]).to.deep.equal([429, 'TOO_MANY_REQUESTS', '60'])
    house.clock.advance(60_000)
    expect((await signIn('customer-1', 'demo')).status).to.equal(201)
  })

  it('sign-in says that it is not available while the accounts are not, and orders go on', async () => {
    house.accounts.down = true
    expect((await signIn('customer-1', 'demo')).body.error.code).to.equal('UNAVAILABLE')
    expect((await house.place({ paymentKey: 'pk_test_1' })).status).to.equal(201)
  })

  it('stores are listed nearest first, within the radius, with their hours', async () => {
    const near = await house.call('GET', '/api/stores?lat=37.5&lng=127.03')
    expect(near.body).to.deep.equal([
      { id: 'store-1', name: '역삼통닭', lat: 37.5, lng: 127.03, open: true, distanceM: 0 },
      { id: 'store-2', name: '선릉야식', lat: 37.51, lng: 127.03, open: false, opensAt: '2026-11-22T08:00:00.000Z', distanceM: 1_112 },
    ])
    expect((await house.call('GET', '/api/stores?lat=37.5&lng=127.03&radiusM=1000')).body).to.have.length(1)
    const one = await house.call('GET', '/api/stores/store-1')
    expect(storeWithMenuView.strict().parse(one.body)).to.deep.equal(one.body)
    expect((await house.call('GET', '/api/stores/store-9')).body.error.code).to.equal('STORE_NOT_FOUND')
  })

  it('a store closes, sells out and opens again, and saying so twice is fine', async () => {
    const put = (path: string, body: object) => house.call('PUT', `/api/stores/me/${path}`, { as: store1, body })
    for (let i = 0; i < 2; i++) expect((await put('status', { open: false })).body).to.deep.equal({ open: false })
    expect((await put('menu/m-2', { soldOut: true })).body).to.deep.equal({ menuId: 'm-2', soldOut: true })
    const shown = async () => (await house.call('GET', '/api/stores/store-1')).body
    await until('the catalogue shows both', async () => !(await shown()).open && (await shown()).menu[1].soldOut)
    expect((await put('status', { open: true })).body).to.deep.equal({ open: true })
    await until('the store is open again', async () => (await shown()).open)
    const sold = await house.place({ items: [{ menuId: 'm-2', quantity: 1 }] })
    expect([sold.status, sold.body.error.code]).to.deep.equal([422, 'SOLD_OUT'])
  })

  it('a rider begins and ends the day, and a late position is not accepted', async () => {
    for (const online of [true, true, false]) {
      expect((await house.call('PUT', '/api/riders/me/status', { as: rider1, body: { online } })).body).to.deep.equal({ online })
    }
    const report = (seq: number) =>
      house.call('PUT', '/api/riders/me/location', { as: rider1, body: { lat: 37.5, lng: 127.03, seq, at: '2026-11-22T03:00:00.000Z' } })
    expect((await report(2)).body).to.deep.equal({ accepted: true })
    expect((await report(1)).body).to.deep.equal({ accepted: false })
  })

  it('a webhook of Toss is a hint: always 200, and nothing moves', async () => {
    const { id, version } = (await house.place({})).body
    const hint = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-11-22T12:00:00',
      data: { orderId: id, status: 'DONE', paymentKey: 'pk' },
    }
    for (const body of [hint, hint, {}, [], { data: null }])
      expect((await house.call('POST', '/webhooks/toss', { body })).status).to.equal(200)
    expect((await house.call('GET', `/api/orders/${id}`, { as: customer1 })).body).to.include({ status: 'paying', version })
    expect((await house.call('POST', '/webhooks/toss', { raw: '{' })).status).to.equal(400)
  })

  it('the contract and the health of the process are to be had', async () => {
    expect((await house.call('GET', '/api/openapi.json')).body.openapi).to.equal('3.1.0')
    expect((await house.call('GET', '/healthz')).body).to.deep.equal({ status: 'ok', standIns: { psp: 'http://psp' } })
    expect((await house.call('GET', '/readyz')).status).to.equal(200)
  })

  it('health on a port of its own tells ready from alive', async () => {
    let ready = false
    const health = await startHealth({ port: 0, ready: () => ready })
    try {
      const ask = async (path: string) => (await fetch(`http://127.0.0.1:${health.port}${path}`)).status
      expect([await ask('/healthz'), await ask('/readyz'), await ask('/metrics'), await ask('/')]).to.deep.equal([200, 503, 200, 404])
      ready = true
      expect(await ask('/readyz')).to.equal(200)
    } finally {
      await health.stop()
    }
  })
})
