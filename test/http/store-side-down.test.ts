import { expect } from 'chai'
import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { customer1, type GatewayHouse, openGateway, store1 } from './gateway-house.ts'

const STORE_SIDE = ['store', 'menu']

describe('while the store side is down: its kinds hosted nowhere, no tablet, no read model, no accounts', () => {
  let house: GatewayHouse
  const hosts: Host[] = []
  const hosting = async (kinds: typeof KINDS): Promise<void> => {
    const host = new Host({ log: house.log, wire: house.wire, clock: house.clock, kinds })
    await host.start()
    hosts.push(host)
  }
  beforeEach(async () => {
    house = await openGateway()
    await house.host.drain()
    await hosting(KINDS.filter(({ name }) => !STORE_SIDE.includes(name)))
    house.reads.down = true
    house.accounts.down = true
  })
  afterEach(async () => {
    await house[Symbol.asyncDispose]()
    for (const host of hosts.splice(0)) await host.drain()
  })

  it('menus are served, and orders taken, paid and shown', async () => {
    expect((await house.call('GET', '/api/stores/store-1')).body.menu).to.have.length(2)
    expect((await house.call('GET', '/api/stores?lat=37.5&lng=127.03')).body).to.have.length(2)
    const placed = await house.place({ paymentKey: 'pk_test_1' })
    expect([placed.status, placed.body.status, placed.body.total]).to.deep.equal([201, 'placed', 44_000])
    expect((await house.call('GET', `/api/orders/${placed.body.id}`, { as: customer1 })).body.status).to.equal('placed')
  })

  it('the store cannot change itself, and says so; when it is back it sees what was ordered and goes on', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    const closing = await house.call('PUT', '/api/stores/me/status', { as: store1, body: { open: false } })
    expect([closing.status, closing.body.error.code]).to.deep.equal([503, 'NO_HOST'])
    await hosting(KINDS.filter(({ name }) => STORE_SIDE.includes(name)))
    house.reads.down = false
    expect((await house.call('GET', '/api/orders', { as: store1 })).body.items.map((order: { id: string }) => order.id)).to.deep.equal([id])
    const accepted = await house.call('POST', `/api/orders/${id}/accept`, { as: store1, body: { prepMinutes: 10 } })
    expect(accepted.body.status).to.equal('accepted')
    expect((await house.call('PUT', '/api/stores/me/status', { as: store1, body: { open: false } })).body).to.deep.equal({ open: false })
  })
})
