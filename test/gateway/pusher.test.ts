import { expect } from 'chai'
import type { OrderRow } from '../../server/gateway/reads.ts'
import { type OpenReads, orderRow } from '../../server/gateway/sync.ts'
import { Ear, GANGNAM, northOf, Town, until } from './pusher-town.ts'

const customer = { role: 'customer', id: 'customer-1' } as const
const store = { role: 'store', id: 'store-1' } as const
const rider = { role: 'rider', id: 'rider-1' } as const

/** A read model that has everything, and answers only once the gate opens. */
class GatedReads implements OpenReads {
  rows: readonly OrderRow[] = []
  asked = false
  open = (): void => undefined
  readonly #gate = new Promise<void>(resolve => {
    this.open = resolve
  })

  async position(): Promise<number> {
    return Number.MAX_SAFE_INTEGER
  }

  async openOrdersOf(): Promise<readonly OrderRow[]> {
    const { rows } = this
    this.asked = true
    await this.#gate
    return rows
  }
}

describe('the pusher', () => {
  let town: Town
  beforeEach(async () => {
    town = await Town.open()
  })
  afterEach(() => town[Symbol.asyncDispose]())

  it('tells an order to its customer and its store, each their own cut, and to nobody else', async () => {
    const [c, s, other] = await Promise.all([town.joins(customer), town.joins(store), town.joins({ role: 'customer', id: 'customer-2' })])
    await town.placed('o_1')
    await c.ear.hears('order', 2)
    await s.ear.hears('order')
    expect(s.ear.of('order').length, 'a store hears of an order when it is paid').to.equal(1)
    const [mine, theirs] = [c.ear.of('order').at(-1), s.ear.of('order').at(-1)]
    expect([mine?.status, theirs?.status, mine?.version]).to.deep.equal(['placed', 'placed', theirs?.version])
    expect([mine?.deliverTo.address, theirs?.deliverTo.address]).to.deep.equal(['서울 강남구 테헤란로 1', undefined])
    expect(other.ear.all.map(({ name }) => name)).to.deep.equal(['sync'])
  })

  it('tells a customer that his grade has risen, once, on every screen of his, and nobody else', async () => {
    for (const id of ['customer-1', 'customer-2'])
      await town.tell(`customer/${id}`, { type: 'register', name: '김하나', phone: '01000000001' })
    const screens = [await town.joins(customer), await town.joins(customer)]
    const other = await town.joins({ role: 'customer', id: 'customer-2' })
    const store1 = await town.joins(store)
    for (let i = 1; i <= 6; i++) await town.tell('customer/customer-1', { type: 'orderCompleted', orderId: `o_${i}` })
    for (const { ear } of screens) {
      await ear.hears('grade')
      expect(ear.of('grade')).to.deep.equal([{ grade: 'SILVER', completedOrders: 5 }])
    }
    for (const { ear } of [other, store1]) expect(ear.of('grade')).to.deep.equal([])
    for (const { connection } of [...screens, other, store1]) connection.close()
    expect(town.pusher.held).to.equal(0)
  })

  it('loses nothing that is committed while it reads, and shows nothing older after newer', async () => {
    const reads = new GatedReads()
    await using slow = await Town.open(reads)
    await slow.placed('o_1')
    const stored = await slow.log.latest({ kind: 'order', id: 'o_1' })
    reads.rows = stored ? [orderRow(stored)] : []
    const ear = new Ear()
    const opening = slow.pusher.connect(customer, ear.push).open()
    await until('the read is under way', () => reads.asked)
    await slow.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    await slow.placed('o_2')
    expect(ear.all).to.deep.equal([])
    reads.open()
    await opening
    await slow.tell('order/o_1', { type: 'startCooking' })
    await ear.hears('order')
    const [sync] = ear.of('sync')
    expect(sync?.orders.map(({ id, status }) => `${id} ${status}`)).to.deep.equal(['o_2 placed', 'o_1 accepted'])
    expect(ear.of('order').map(({ id, status }) => `${id} ${status}`)).to.deep.equal(['o_1 cooking'])
  })

  it('opens one subscription for two sockets of one account, and none when both are gone', async () => {
    const first = await town.joins(store)
    const second = await town.joins(store)
    expect(town.pusher.held).to.equal(1)
    await town.placed('o_1')
    await Promise.all([first.ear.hears('order'), second.ear.hears('order')])
    first.connection.close()
    await town.placed('o_2')
    await second.ear.hears('order', 2)
    expect([first.ear.of('order').length, town.pusher.held]).to.deep.equal([1, 1])
    second.connection.close()
    expect(town.pusher.held).to.equal(0)
  })

  it('leaves nothing open when a socket goes before it was given its state', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    await town.picked('o_1', 'rider-1')
    for (const account of [customer, rider]) {
      const ear = new Ear()
      const connection = town.pusher.connect(account, ear.push)
      const opening = connection.open()
      connection.close()
      await opening
      expect([town.pusher.held, ear.all.length]).to.deep.equal([0, 0])
    }
  })

  it('shows a rider on duty the deliveries near him, not the far ones, and follows him', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_near', { to: northOf(GANGNAM, 900) })
    await town.cooked('o_far', { to: northOf(GANGNAM, 8_900) })
    const { ear, connection } = await town.joins(rider)
    expect(ear.of('sync')[0]?.deliveries?.map(({ orderId }) => orderId)).to.deep.equal(['o_near'])
    expect(ear.of('sync')[0]?.online).to.equal(true)
    await town.cooked('o_new', { to: northOf(GANGNAM, 500) })
    await ear.hears('delivery')
    await town.moves('rider-1', northOf(GANGNAM, 8_000))
    await ear.hears('delivery', 2)
    expect(ear.of('delivery').map(({ orderId, distanceM }) => [orderId, distanceM])).to.deep.equal([
      ['o_new', 500],
      ['o_far', 900],
    ])
    await town.picked('o_far', 'rider-2')
    await ear.hears('delivery:gone')
    expect(ear.of('delivery:gone')).to.deep.equal([{ orderId: 'o_far', reason: 'picked' }])
    connection.close()
    expect(town.pusher.held).to.equal(0)
  })

  it('shows a rider nothing while he is off duty or nowhere', async () => {
    await town.cooked('o_1')
    await town.tell('rider/rider-1', { type: 'register', name: '박라이더', phone: '01000000009' })
    const { ear } = await town.joins(rider)
    expect(ear.of('sync')[0]).to.not.have.property('deliveries')
    expect(ear.of('sync')[0]?.online).to.equal(false)
    await town.moves('rider-1', GANGNAM)
    expect(town.pusher.deliveries.size).to.equal(0)
    await town.tell('rider/rider-1', { type: 'goOnline' })
    await ear.hears('delivery')
    await town.tell('rider/rider-1', { type: 'goOffline' })
    await until('the cells are released', () => town.pusher.deliveries.size === 0)
  })

  it('follows a claimed order for its rider until it is over, across a new connection', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    const first = await town.joins(rider)
    await town.picked('o_1', 'rider-1')
    await town.pusher.claimed('rider-1', 'o_1')
    expect(first.ear.of('order').map(({ status, deliverTo }) => [status, deliverTo.address])).to.deep.equal([
      ['picked', '서울 강남구 테헤란로 1'],
    ])
    first.connection.close()
    const second = await town.joins(rider)
    expect(second.ear.of('sync')[0]?.orders.map(({ status }) => status)).to.deep.equal(['picked'])
    await town.tell('order/o_1', { type: 'deliver' }, 'rider-1')
    await town.tell('order/o_1', { type: 'confirm' })
    await second.ear.hears('order', 2)
    expect(second.ear.of('order').map(({ status }) => status)).to.deep.equal(['delivered', 'confirmed'])
    await until('the order is let go', () => town.pusher.orders.size === 1) // what is left is the rider’s own
  })

  it('follows nothing for a rider who did not win the claim', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    const { ear } = await town.joins(rider)
    await town.picked('o_1', 'rider-2')
    await town.pusher.claimed('rider-1', 'o_1')
    await town.tell('order/o_1', { type: 'deliver' }, 'rider-2')
    await ear.hears('delivery:gone')
    expect(ear.of('order')).to.deep.equal([])
  })

  it('tells a rider’s place to customer and store from claim to delivery only', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    const [c, s] = await Promise.all([town.joins(customer), town.joins(store)])
    await town.moves('rider-1', northOf(GANGNAM, 100))
    await town.picked('o_1', 'rider-1')
    await Promise.all([c.ear.hears('rider:location'), s.ear.hears('rider:location')])
    await town.moves('rider-1', northOf(GANGNAM, 200))
    const second = town.nowIso
    await c.ear.hears('rider:location', 2)
    await town.tell('order/o_1', { type: 'deliver' }, 'rider-1')
    await until('nobody follows the rider', () => town.positions.following === 0)
    await town.moves('rider-1', northOf(GANGNAM, 300))
    const { lat, lng } = northOf(GANGNAM, 200)
    expect(c.ear.of('rider:location')[1]).to.deep.equal({ orderId: 'o_1', lat, lng, at: second, stale: false })
    expect([c.ear.of('rider:location').length, s.ear.of('rider:location').length]).to.deep.equal([2, 2])
  })

  it('marks a place as stale when nothing new has come for 15 s, withdraws it after 60 s, and shows it again when the rider is heard', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    const [c, s] = await Promise.all([town.joins(customer), town.joins(store)])
    await town.moves('rider-1', GANGNAM)
    const at = town.nowIso
    await town.picked('o_1', 'rider-1')
    await Promise.all([c.ear.hears('rider:location'), s.ear.hears('rider:location')])
    town.clock.advance(14_999)
    expect(c.ear.of('rider:location').length).to.equal(1)
    town.clock.advance(1)
    town.clock.advance(44_999)
    expect(c.ear.of('rider:hidden')).to.deep.equal([])
    town.clock.advance(1)
    for (const { ear } of [c, s]) {
      expect(ear.of('rider:location')).to.deep.equal([
        { orderId: 'o_1', ...GANGNAM, at, stale: false },
        { orderId: 'o_1', ...GANGNAM, at, stale: true },
      ])
      expect(ear.of('rider:hidden')).to.deep.equal([{ orderId: 'o_1', at }])
    }
    const told = c.ear.all.length
    town.clock.advance(600_000)
    expect(c.ear.all.length, 'nothing more of a rider who is not heard of').to.equal(told)
    await town.moves('rider-1', GANGNAM)
    await c.ear.hears('rider:location', 3)
    expect(c.ear.of('rider:location').at(-1)).to.deep.equal({ orderId: 'o_1', ...GANGNAM, at: town.nowIso, stale: false })
  })

  it('tells who connects later what the last place is worth by then', async () => {
    await town.rider('rider-1', GANGNAM)
    const at = town.nowIso
    await town.cooked('o_1')
    await town.picked('o_1', 'rider-1')
    town.clock.advance(59_000)
    const early = await town.joins(customer)
    await early.ear.hears('rider:location')
    expect(early.ear.of('rider:location')).to.deep.equal([{ orderId: 'o_1', ...GANGNAM, at, stale: true }])
    town.clock.advance(2_000)
    const late = await town.joins(customer)
    await late.ear.hears('rider:hidden')
    expect([late.ear.of('rider:location'), late.ear.of('rider:hidden')]).to.deep.equal([[], [{ orderId: 'o_1', at }]])
  })

  it('says nothing of a rider once his order is delivered, however old his last place becomes', async () => {
    await town.rider('rider-1', GANGNAM)
    await town.cooked('o_1')
    const { ear } = await town.joins(customer)
    await town.picked('o_1', 'rider-1')
    await ear.hears('rider:location')
    await town.tell('order/o_1', { type: 'deliver' }, 'rider-1')
    await until('nobody follows the rider', () => town.positions.following === 0)
    town.clock.advance(120_000)
    expect([ear.of('rider:location').length, ear.of('rider:hidden').length]).to.deep.equal([1, 0])
  })
})
