import { expect } from 'chai'
import { runEffects } from '../../actors/effects.ts'
import { runRetries } from '../../actors/retries.ts'
import { runTells } from '../../actors/tell.ts'
import { runTimers } from '../../actors/timers.ts'
import type { StoryEntry } from '../../server/contract/order-story.ts'
import { orderStoryView } from '../../server/contract/order-story.ts'
import { customer1, type GatewayHouse, openGateway, ops1, rider1, store1, until } from './gateway-house.ts'

const MINUTE = 60_000

describe('operators', () => {
  let house: GatewayHouse
  let running: { stop(): Promise<unknown> }[]
  beforeEach(async () => {
    house = await openGateway()
    const { log, router, clock } = house
    const carrying = { log, router, now: () => clock.now(), random: () => 0, concurrency: 4 }
    running = await Promise.all([
      ...['ORDERS', 'ENTITIES'].flatMap(stream => [runTimers({ ...carrying, stream }), runTells({ ...carrying, stream })]),
      runRetries(carrying),
      runEffects({
        ...carrying,
        stream: 'ORDERS',
        src: 'cancelPayment',
        ackWaitMs: 30_000,
        maxAttempts: 1,
        call: async () =>
          healed
            ? { kind: 'done', output: { canceledAt: new Date(clock.now()).toISOString() } }
            : { kind: 'retry', reason: 'REFUND_REJECTED' },
      }),
    ])
    healed = true
  })
  afterEach(async () => {
    for (const part of running) await part.stop()
    await house[Symbol.asyncDispose]()
  })
  let healed = true

  const placed = async (key: string) => {
    const { body } = await house.place({ paymentKey: 'pk_test_1' }, key)
    expect(body.status).to.equal('placed')
    return String(body.id)
  }
  const act = (as: typeof ops1, id: string, what: string, body: object = {}, requestId?: string) =>
    house.call('POST', `/api/orders/${id}/${what}`, { as, body, headers: requestId === undefined ? {} : { 'x-request-id': requestId } })
  const seen = async (id: string) => (await house.call('GET', `/api/orders/${id}`, { as: customer1 })).body
  const story = async (id: string) => (await house.call('GET', `/api/ops/orders/${id}/timeline`, { as: ops1 })).body
  const letters = async () => (await house.call('GET', '/api/ops/dead-letters', { as: ops1 })).body.items

  it('alone may ask what is theirs', async () => {
    const id = await placed('k-1')
    const asked = [
      ['GET', '/api/ops/orders'],
      ['GET', `/api/ops/orders/${id}/timeline`],
      ['GET', '/api/ops/dead-letters'],
      ['POST', '/api/ops/dead-letters/retry'],
      ['GET', '/api/ops/alarms'],
      ['POST', `/api/orders/${id}/abort`],
    ] as const
    for (const [method, path] of asked) {
      const body = method === 'POST' ? { id: 'fx:order/x:1-0', reason: 'why' } : undefined
      for (const as of [customer1, store1, rider1]) expect((await house.call(method, path, { as, body })).status, path).to.equal(403)
      expect((await house.call(method, path, { body })).status, path).to.equal(401)
      expect((await house.call(method, path, { as: ops1, body })).status, path).to.be.oneOf([200, 404])
    }
  })

  it('find an order by its id, by the beginning of one, and by a phone', async () => {
    const id = await placed('k-1')
    const other = await placed('k-2')
    const found = async (q: string) => {
      const { body } = await house.call('GET', `/api/ops/orders?q=${encodeURIComponent(q)}`, { as: ops1 })
      return body.items?.map((order: { id: string }) => order.id) ?? body.error.code
    }
    expect(await found(id)).to.deep.equal([id])
    expect(await found('o_')).to.have.members([id, other])
    expect(await found('010-0000-0001')).to.have.members([id, other])
    expect(await found('01099999999')).to.deep.equal([])
    for (const bad of ["o_' or 1=1", 'a.b', '*', 'x'.repeat(65)]) expect(await found(bad), bad).to.equal('INVALID')
    expect((await house.call('GET', '/api/ops/orders?cursor=none-of-ours', { as: ops1 })).status).to.equal(400)
  })

  it('see a refund that failed for good, with its reason, and have it tried again, saying why', async () => {
    healed = false
    const id = await placed('k-1')
    await act(customer1, id, 'cancel', {}, 'tap-9')
    await until('it is given up', async () => (await letters()).length === 1)
    expect((await seen(id)).refund).to.equal('pending')
    const [letter] = await letters()
    expect(letter).to.deep.include({
      src: 'cancelPayment',
      address: `order/${id}`,
      attempts: 1,
      reason: 'REFUND_REJECTED',
      requestId: 'tap-9',
    })
    expect(JSON.stringify(letter)).to.not.include('pk_test')

    const retry = (body: object) => house.call('POST', '/api/ops/dead-letters/retry', { as: ops1, body })
    expect((await retry({ id: letter.id })).body.error.code).to.equal('INVALID')
    expect((await retry({ id: 'fx:order/o_none:1-0', reason: 'why not' })).body.error.code).to.equal('NOT_FOUND')
    healed = true
    const tried = await retry({ id: letter.id, reason: '카드사 장애 복구' })
    expect([tried.status, tried.body.retried]).to.deep.equal([
      200,
      { at: new Date(house.clock.now()).toISOString(), by: 'ops/ops-1', why: '카드사 장애 복구' },
    ])
    await until('the money is back', async () => (await seen(id)).refund === 'done')
    expect(await letters()).to.deep.equal([])
    expect((await retry({ id: letter.id, reason: 'again' })).status).to.equal(404)
    const kept = (await story(id)).entries.find((entry: StoryEntry) => entry.kind === 'deadLetter')
    expect(kept).to.deep.include({ id: letter.id, requestId: 'tap-9' })
    expect(kept.retried).to.include({ by: 'ops/ops-1', why: '카드사 장애 복구' })
    expect(house.logged.some(line => line.includes('카드사 장애 복구') && line.includes(letter.id))).to.equal(true)
  })

  it('see what was given up in pages, oldest first', async () => {
    healed = false
    for (const key of ['k-1', 'k-2', 'k-3']) await act(customer1, await placed(key), 'cancel')
    await until('all are given up', async () => (await letters()).length === 3)
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await house.call('GET', `/api/ops/dead-letters?limit=2${cursor}`, { as: ops1 })
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen).to.deep.equal((await letters()).map(({ id }: { id: string }) => id))
    for (const bad of ['limit=101', 'limit=0'])
      expect((await house.call('GET', `/api/ops/dead-letters?${bad}`, { as: ops1 })).status).to.equal(422)
    expect((await house.call('GET', '/api/ops/dead-letters?cursor=x', { as: ops1 })).status).to.equal(400)
  })

  it('end a paid order that went wrong, with a refund, and nobody ends it after the delivery', async () => {
    const id = await placed('k-1')
    await act(store1, id, 'accept', { prepMinutes: 10 })
    await act(store1, id, 'start-cooking')
    expect((await act(customer1, id, 'cancel')).status).to.equal(409)
    expect((await act(ops1, id, 'abort')).body.error.code).to.equal('INVALID')
    const aborted = await act(ops1, id, 'abort', { reason: '주방 화재' })
    expect(aborted.body).to.deep.include({ status: 'canceled', reason: '주방 화재', refund: 'pending' })
    await until('the money is back', async () => (await seen(id)).refund === 'done')
    const again = await act(ops1, id, 'abort', { reason: '주방 화재' })
    expect([again.status, again.body.error.details.status]).to.deep.equal([409, 'canceled'])
  })

  it('are called to an order that nobody at the store looks at, until somebody does', async () => {
    const id = await placed('k-1')
    const alarms = async () => (await house.call('GET', '/api/ops/alarms', { as: ops1 })).body
    for (let calls = 1; calls <= 6; calls++) {
      expect(await alarms()).to.deep.equal([])
      house.clock.advance(MINUTE / 2)
      await until(`call ${calls}`, async () => (await seen(id)).version === 2 + calls)
    }
    expect(await alarms()).to.deep.equal([
      {
        orderId: id,
        store: { id: 'store-1', name: '역삼통닭', phone: '0200000001' },
        alerts: 6,
        placedAt: new Date(house.clock.now() - 3 * MINUTE).toISOString(),
      },
    ])
    await house.commands.seen(store1, id)
    expect(await alarms()).to.deep.equal([])
  })

  it('read the whole story of an order, each step with its cause, and what every step led to', async () => {
    await house.call('PUT', '/api/riders/me/status', { as: rider1, body: { online: true } })
    const { body } = await house.call('POST', '/api/orders', {
      as: customer1,
      body: {
        storeId: 'store-1',
        items: [{ menuId: 'm-2', quantity: 1 }],
        deliverTo: { address: '서울', lat: 37.5, lng: 127.03 },
        paymentKey: 'pk_test_1',
      },
      headers: { 'idempotency-key': 'k-1', 'x-request-id': 'tap-1' },
    })
    const { id } = body
    house.clock.advance(MINUTE / 2)
    await until('the store is called', async () => (await seen(id)).version === 3)
    const steps = [
      [store1, 'accept', { prepMinutes: 10 }],
      [store1, 'start-cooking', {}],
      [store1, 'finish-cooking', {}],
      [rider1, 'pick', {}],
      [rider1, 'deliver', {}],
      [customer1, 'confirm', {}],
    ] as const
    for (const [as, what, sent] of steps) {
      house.clock.advance(1_000)
      expect((await act(as, id, what, sent, `${as.role}-${what}`)).status, what).to.equal(200)
    }
    await house.book.claim(
      { orderId: id, about: 'confirmed', channel: 'alimtalk' },
      {
        orderId: id,
        about: 'confirmed',
        channel: 'alimtalk',
        to: 'customer/customer-1',
        at: new Date(house.clock.now() + 5).toISOString(),
        status: 'sent',
        correlationId: 'customer-confirm',
      },
    )
    const arrived = async () => (await story(id)).entries.filter((entry: StoryEntry) => entry.kind === 'tell' && entry.heard)
    await until('all that was told has arrived', async () => (await arrived()).length === 3)

    const told = await story(id)
    expect(orderStoryView.strict().parse(told)).to.deep.equal(told)
    expect(told).to.deep.include({ source: 'log', messagesKnown: true })
    expect(told.order).to.deep.include({ id, status: 'confirmed', version: 9 })
    const entries: StoryEntry[] = told.entries
    expect(entries.map(({ at }) => at)).to.deep.equal(entries.map(({ at }) => at).sort())
    const of = <Kind extends StoryEntry['kind']>(kind: Kind) =>
      entries.filter((entry): entry is Extract<StoryEntry, { kind: Kind }> => entry.kind === kind)
    expect(of('record').map(({ version, event, cause, requestId }) => [version, event, cause, requestId])).to.deep.equal([
      [1, 'place', { kind: 'request' }, 'tap-1'],
      [2, 'confirmPayment.done', { kind: 'effect', version: 1, name: 'confirmPayment' }, 'tap-1'],
      [3, 'alertEvery.elapsed', { kind: 'timer', version: 2, name: 'alertEvery' }, 'tap-1'],
      [4, 'accept', { kind: 'request' }, 'store-accept'],
      [5, 'startCooking', { kind: 'request' }, 'store-start-cooking'],
      [6, 'finishCooking', { kind: 'request' }, 'store-finish-cooking'],
      [7, 'pick', { kind: 'request' }, 'rider-pick'],
      [8, 'deliver', { kind: 'request' }, 'rider-deliver'],
      [9, 'confirm', { kind: 'request' }, 'customer-confirm'],
    ])
    expect(of('effect').map(({ name, version, end }) => [name, version, end.kind, end.version])).to.deep.equal([
      ['confirmPayment', 1, 'done', 2],
    ])
    expect(of('timer').map(({ name, version, end }) => [name, version, end.kind, end.version])).to.have.deep.members([
      ['payWindow', 1, 'cancelled', 2],
      ['acceptWindow', 2, 'cancelled', 4],
      ['alertEvery', 2, 'fired', 3],
      ['alertEvery', 3, 'cancelled', 4],
      ['kitchen', 4, 'cancelled', 6],
      ['riderWindow', 6, 'cancelled', 7],
      ['deliverWindow', 7, 'cancelled', 8],
      ['confirmWindow', 8, 'cancelled', 9],
    ])
    expect(of('board').map(({ version, open }) => [version, open])).to.deep.equal([
      [6, true],
      [7, false],
    ])
    expect(of('alert').map(({ version, alerts, level }) => [version, alerts, level])).to.deep.equal([[3, 1, 'tablet']])
    expect(of('tell').map(({ version, to, event, requestId }) => [version, to, event, requestId])).to.deep.equal([
      [7, 'rider/rider-1', 'took', 'rider-pick'],
      [8, 'rider/rider-1', 'letGo', 'rider-deliver'],
      [9, 'customer/customer-1', 'orderCompleted', 'customer-confirm'],
    ])
    expect(entries.at(-1)).to.deep.include({ kind: 'message', about: 'confirmed', status: 'sent', requestId: 'customer-confirm' })
  })

  it('are told of no order that nobody knows', async () => {
    for (const id of ['o_none', 'a.b', '*'])
      expect((await house.call('GET', `/api/ops/orders/${id}/timeline`, { as: ops1 })).status, id).to.equal(404)
  })
})

describe('the timeline of an order', () => {
  it('tells everyone the causes, and each the names of the requests that were his', async () => {
    await using house = await openGateway()
    const headers = (requestId: string) => ({ 'x-request-id': requestId, 'idempotency-key': requestId })
    const order = {
      storeId: 'store-1',
      items: [{ menuId: 'm-2', quantity: 1 }],
      deliverTo: { address: '서울', lat: 37.5, lng: 127.03 },
      paymentKey: 'pk_test_1',
    }
    const { id } = (await house.call('POST', '/api/orders', { as: customer1, body: order, headers: headers('tap-1') })).body
    await house.call('POST', `/api/orders/${id}/accept`, { as: store1, body: { prepMinutes: 5 }, headers: headers('tap-2') })
    const named = async (as: typeof ops1) => {
      const { body } = await house.call('GET', `/api/orders/${id}/timeline`, { as })
      return body.map(({ cause, requestId }: { cause: { kind: string }; requestId?: string }) => [cause.kind, requestId])
    }
    expect(await named(customer1)).to.deep.equal([
      ['request', 'tap-1'],
      ['effect', undefined],
      ['request', undefined],
    ])
    expect(await named(store1)).to.deep.equal([
      ['request', undefined],
      ['effect', undefined],
      ['request', 'tap-2'],
    ])
    expect(await named(ops1)).to.deep.equal([
      ['request', 'tap-1'],
      ['effect', 'tap-1'],
      ['request', 'tap-2'],
    ])
  })
})
