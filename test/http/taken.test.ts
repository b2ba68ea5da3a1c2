import { expect } from 'chai'
import { Host } from '../../actors/host.ts'
import { runInbox } from '../../actors/inbox.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { Router } from '../../actors/router.ts'
import { STREAMS } from '../../config/streams.ts'
import { orderViewSchema } from '../../server/contract/order-view-schema.ts'
import { systemClock } from '../harness/clock.ts'
import { customer1, customer2, type GatewayHouse, NOON, openGateway, store1, until } from './gateway-house.ts'

/** A log that a test can take away from whoever writes into the inbox. */
class FullLog extends MemoryLog {
  full = false
  override async put(subject: string, body: unknown): Promise<void> {
    if (this.full) throw new Error('no space left')
    await super.put(subject, body)
  }
}

const HOUR_MS = 3_600_000
const SIX_IN_THE_EVENING = NOON + 6 * HOUR_MS

describe('an order that finds no host', () => {
  let house: GatewayHouse
  let log: FullLog
  let wire: MemoryWire
  const back: { stop(): Promise<unknown> }[] = []

  beforeEach(async () => {
    log = new FullLog({ clock: systemClock, streams: STREAMS })
    wire = new MemoryWire()
    house = await openGateway({ log, wire, startMs: SIX_IN_THE_EVENING })
    await house.host.drain()
  })
  afterEach(async () => {
    for (const part of back.splice(0)) await part.stop()
    await house[Symbol.asyncDispose]()
  })

  const hostsReturn = async (): Promise<void> => {
    const host = new Host({ log, wire, clock: systemClock, kinds: KINDS })
    await host.start()
    const router = new Router({ wire, now: Date.now, random: Math.random })
    const inbox = await runInbox({ log, router, now: Date.now, random: Math.random, stream: 'INBOX', concurrency: 8 })
    back.push(inbox, { stop: () => host.drain() })
  }
  const seen = async (id: string, as = customer1) => house.call('GET', `/api/orders/${id}`, { as })

  for (const paymentKey of [undefined, 'pk_test_taken']) {
    it(`is taken ${paymentKey ? 'with' : 'without'} its payment, shown as taken, and begins when a host is back`, async () => {
      const changes = paymentKey ? { paymentKey } : {}
      const taken = await house.place(changes, 'key-1')
      expect(taken.status).to.equal(202)
      expect(taken.headers.get('location')).to.equal(`/api/orders/${taken.body.id}`)
      expect(taken.body).to.deep.include({ status: 'paying', version: 0, total: 44_000, refund: 'none', payment: { status: 'pending' } })
      expect(orderViewSchema.strict().parse(taken.body)).to.deep.equal(taken.body)
      const shown = await seen(taken.body.id)
      expect([shown.status, shown.body]).to.deep.equal([200, taken.body])
      expect((await seen(taken.body.id, customer2)).status).to.equal(403)
      expect((await house.call('GET', `/api/orders/${taken.body.id}/timeline`, { as: customer1 })).body).to.deep.equal([])

      await hostsReturn()
      const begun = paymentKey ? 'placed' : 'paying'
      await until('the order begins', async () => {
        const { body } = await seen(taken.body.id)
        return body.version > 0 && body.status === begun
      })
      const again = await house.place(changes, 'key-1')
      expect(again.status).to.equal(201)
      expect(again.body).to.deep.include({ id: taken.body.id, status: begun })
      expect((await log.history({ kind: 'order', id: taken.body.id })).filter(({ body }) => body.event.type === 'place')).to.have.length(1)
      expect(house.provider.confirms).to.have.length(paymentKey ? 1 : 0)
    })
  }

  it('is taken once, however often it is sent while it waits, also after the store has closed', async () => {
    const taken = await house.place({ storeId: 'store-2' }, 'key-1')
    const end = await log.end('INBOX')
    house.clock.advance(9 * HOUR_MS) // 3 in the morning
    expect((await house.place({ storeId: 'store-2' })).body.error.code).to.equal('STORE_CLOSED')
    const again = await house.place({ storeId: 'store-2' }, 'key-1')
    expect([again.status, again.body]).to.deep.equal([202, taken.body])
    expect(await log.end('INBOX')).to.equal(end)
    const other = await house.place({ storeId: 'store-2', items: [{ menuId: 'm-2', quantity: 1 }] }, 'key-1')
    expect([other.status, other.body.error.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('cannot be acted upon before it has begun, and says to come again', async () => {
    const { id } = (await house.place()).body
    const cancel = await house.call('POST', `/api/orders/${id}/cancel`, { as: customer1, body: {} })
    expect([cancel.status, cancel.body.error.code]).to.deep.equal([503, 'NO_HOST'])
    expect((await house.call('POST', `/api/orders/${id}/cancel`, { as: customer2, body: {} })).status).to.equal(403)
    expect((await house.call('POST', '/api/orders/o_unknown/cancel', { as: customer1, body: {} })).status).to.equal(404)
  })

  it('is still priced and checked before it is taken', async () => {
    const soldOut = await house.place({ items: [{ menuId: 'nothing', quantity: 1 }] })
    expect([soldOut.status, soldOut.body.error.code]).to.deep.equal([422, 'MENU_NOT_FOUND'])
    expect(await log.end('INBOX')).to.equal(0)
  })

  it('is refused only when not even the log can take it', async () => {
    log.full = true
    const refused = await house.place()
    expect([refused.status, refused.body.error.code]).to.deep.equal([503, 'LOG_UNAVAILABLE'])
    expect(refused.headers.get('retry-after')).to.equal('1')
  })

  it('is nobody’s business at the store until it has begun and is paid', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_taken' })).body
    const listed = await house.call('GET', '/api/orders', { as: store1 })
    expect(listed.body.items).to.deep.equal([])
    await hostsReturn()
    await until('the store sees it', async () => (await seen(id, store1)).body.status === 'placed')
  })
})
