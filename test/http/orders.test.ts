import { expect } from 'chai'
import { orderViewSchema } from '../../server/contract/order-view-schema.ts'
import {
  anOrder,
  customer1,
  customer2,
  type GatewayHouse,
  openGateway,
  ops1,
  rider1,
  rider2,
  store1,
  store2,
  until,
} from './gateway-house.ts'

describe('an order over HTTP', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const act = (id: string, command: string, as: typeof customer1, body: object = {}, headers: Record<string, string> = {}) =>
    house.call('POST', `/api/orders/${id}/${command}`, { as, body, headers })

  const cook = async (id: string): Promise<void> => {
    await act(id, 'accept', store1, { prepMinutes: 5 })
    await act(id, 'start-cooking', store1)
    await act(id, 'finish-cooking', store1)
  }

  it('is priced by the menu, paid in the same call and shown to those it belongs to', async () => {
    const placed = await house.place({ paymentKey: 'pk_test_1', total: 1 })
    expect(placed.status).to.equal(201)
    expect(placed.headers.get('location')).to.equal(`/api/orders/${placed.body.id}`)
    expect(placed.headers.get('etag')).to.equal(`"${placed.body.version}"`)
    expect(placed.body).to.deep.include({ status: 'placed', total: 44_000, customer: { id: 'customer-1', name: '김민아' } })
    expect(orderViewSchema.strict().parse(placed.body)).to.deep.equal(placed.body)

    for (const as of [customer1, store1, ops1]) {
      const seen = await house.call('GET', `/api/orders/${placed.body.id}`, { as })
      expect(seen.status).to.equal(200)
      expect(seen.body.version).to.equal(placed.body.version)
    }
    for (const as of [customer2, store2, rider1]) {
      const refused = await house.call('GET', `/api/orders/${placed.body.id}`, { as })
      expect([refused.status, refused.body.error.code]).to.deep.equal([403, 'FORBIDDEN'])
    }
  })

  it('goes from the tap to confirmed, each step by the one whose step it is', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    expect((await act(id, 'accept', customer1, { prepMinutes: 20 })).status).to.equal(403)
    expect((await act(id, 'accept', store2, { prepMinutes: 20 })).status).to.equal(403)
    expect((await act(id, 'accept', store1, { prepMinutes: 20 })).body).to.include({ status: 'accepted', prepMinutes: 20 })
    expect((await act(id, 'start-cooking', store1)).body.status).to.equal('cooking')
    expect((await act(id, 'finish-cooking', store1)).body.status).to.equal('cooked')
    const picked = await act(id, 'pick', rider1)
    expect(picked.body).to.deep.include({ status: 'picked', rider: { id: 'rider-1', name: '박하늘' } })
    expect(picked.body.deliverTo.address).to.equal('서울 강남구 테헤란로 1')
    expect((await act(id, 'deliver', rider2)).status).to.equal(403)
    expect((await act(id, 'deliver', rider1)).body.status).to.equal('delivered')
    expect((await act(id, 'confirm', customer1)).body.status).to.equal('confirmed')
    const timeline = await house.call('GET', `/api/orders/${id}/timeline`, { as: customer1 })
    expect(timeline.body.map(({ event }: { event: string }) => event)).to.deep.equal([
      'place',
      'confirmPayment.done',
      'accept',
      'startCooking',
      'finishCooking',
      'pick',
      'deliver',
      'confirm',
    ])
  })

  it('is one order and one charge, and gets equal answers, for fifty equal taps at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => house.place({ paymentKey: 'pk_test_1' }, 'tap')))
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).to.have.length(1)
    expect(answers[0]?.body.status).to.equal('placed')
    expect(house.provider.confirms).to.have.length(1)
  })

  it('keeps its answer for a repeat, whatever has become of order, store and menu', async () => {
    const first = await house.place({ paymentKey: 'pk_test_1' }, 'tap')
    await act(first.body.id, 'accept', store1, { prepMinutes: 20 })
    await house.call('PUT', '/api/stores/me/menu/m-1', { as: store1, body: { soldOut: true } })
    await house.call('PUT', '/api/stores/me/status', { as: store1, body: { open: false } })
    await until('the catalogue has closed the store', async () => !(await house.call('GET', '/api/stores/store-1')).body.open)
    expect((await house.place({ paymentKey: 'pk_test_1' }, 'tap')).body).to.deep.equal(first.body)
    expect((await house.place({}, 'another')).body.error.code).to.equal('STORE_CLOSED')
  })

  it('is refused under a key that belongs to another body', async () => {
    await house.place({}, 'tap')
    const other = await house.place({ note: '빨리요' }, 'tap')
    expect([other.status, other.body.error.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED'])
    const both = await Promise.all([house.place({ note: 'a' }, 'race'), house.place({ note: 'b' }, 'race')])
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 422])
  })

  it('is another order under the same key of another customer', async () => {
    const mine = await house.place({}, 'tap')
    const theirs = await house.call('POST', '/api/orders', { as: customer2, body: anOrder(), headers: { 'idempotency-key': 'tap' } })
    expect(theirs.status).to.equal(201)
    expect(theirs.body.id).not.to.equal(mine.body.id)
  })

  it('shows a decline, and may be paid again with another key', async () => {
    house.provider.outcome = () => ({ kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '카드사에서 결제를 거절했습니다' })
    const declined = await house.place({ paymentKey: 'pk_test_decline' })
    expect(declined.status).to.equal(201)
    expect(declined.body).to.deep.include({
      status: 'paymentFailed',
      payment: { status: 'declined', code: 'REJECT_CARD_COMPANY', message: '카드사에서 결제를 거절했습니다' },
    })
    expect(Date.parse(declined.body.payBy) - Date.parse(declined.body.placedAt), 'to say until when').to.equal(600_000)
    house.provider.outcome = () => ({ kind: 'approved', approvedAt: '2026-11-22T03:00:01.000Z' })
    const paid = await act(declined.body.id, 'pay', customer1, { paymentKey: 'pk_test_2' }, { 'idempotency-key': 'again' })
    expect(paid.body.status).to.equal('placed')
    expect(paid.body).not.to.have.property('payBy')
    expect((await act(declined.body.id, 'pay', customer1, { paymentKey: 'pk_test_2' }, { 'idempotency-key': 'again' })).body).to.deep.equal(
      paid.body,
    )
    expect(house.provider.confirms).to.have.length(2)
  })

  it('answers with what is known when the provider keeps silent', async () => {
    house.provider.outcome = () => 'silence'
    const waiting = await house.place({ paymentKey: 'pk_test_1' })
    expect([waiting.status, waiting.body.status, waiting.body.payment.status]).to.deep.equal([201, 'paying', 'pending'])
  })

  it('repeats the first answer of a command under its key, and refuses another body under it', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    const key = { 'idempotency-key': 'accept-1' }
    const first = await act(id, 'accept', store1, { prepMinutes: 20 }, key)
    await act(id, 'start-cooking', store1)
    expect((await act(id, 'accept', store1, { prepMinutes: 20 }, key)).body).to.deep.equal(first.body)
    expect((await act(id, 'accept', store1, { prepMinutes: 30 }, key)).body.error.code).to.equal('IDEMPOTENCY_KEY_REUSED')
    const late = await act(id, 'cancel', customer1, { reason: '늦어요' })
    expect([late.status, late.body.error.code]).to.deep.equal([409, 'ORDER_REFUSED'])
    expect(late.body.error.details).to.deep.equal({ status: 'cooking', version: 4 })
  })

  it('has one rider: the first claim wins, the other is told so', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    await cook(id)
    const claims = await Promise.all([act(id, 'pick', rider1), act(id, 'pick', rider2)])
    expect(claims.map(({ status }) => status).sort()).to.deep.equal([200, 409])
    expect(claims.find(({ status }) => status === 409)?.body.error.code).to.equal('ALREADY_PICKED')
  })

  it('is claimed but once by a rider who claims it again', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    await cook(id)
    const first = await act(id, 'pick', rider1)
    expect((await act(id, 'pick', rider1)).body).to.deep.equal(first.body)
  })

  it('is seen by its store, once or twice', async () => {
    const { id, version } = (await house.place({ paymentKey: 'pk_test_1' })).body
    for (let i = 0; i < 2; i++) await house.commands.seen(store1, id)
    expect((await house.call('GET', `/api/orders/${id}`, { as: store1 })).body.version).to.equal(version + 1)
    const refused = await house.commands.seen(store2, id).catch((error: unknown) => error)
    expect(refused).to.have.property('code', 'FORBIDDEN')
  })

  it('is refused at another version than the one named', async () => {
    const { id, version } = (await house.place({ paymentKey: 'pk_test_1' })).body
    const stale = await act(id, 'accept', store1, { prepMinutes: 5 }, { 'if-match': `"${version - 1}"` })
    expect([stale.status, stale.body.error.code, stale.body.error.details.version]).to.deep.equal([409, 'VERSION_MISMATCH', version])
    expect((await act(id, 'accept', store1, { prepMinutes: 5 }, { 'if-match': 'yesterday' })).status).to.equal(400)
    expect((await act(id, 'accept', store1, { prepMinutes: 5 }, { 'if-match': `"${version}"` })).status).to.equal(200)
  })

  it('is not sent again to one who has its version', async () => {
    const { id, version } = (await house.place({})).body
    const again = await house.call('GET', `/api/orders/${id}`, { as: customer1, headers: { 'if-none-match': `"${version}"` } })
    expect([again.status, again.body]).to.deep.equal([304, undefined])
  })

  it('shows where its rider is from claim to delivery only', async () => {
    const { id } = (await house.place({ paymentKey: 'pk_test_1' })).body
    await cook(id)
    expect((await house.call('GET', '/api/deliveries', { as: rider1 })).body.error.code).to.equal('LOCATION_UNKNOWN')
    const fix = { lat: 37.502, lng: 127.03, seq: 1, at: '2026-11-22T03:00:00.000Z' }
    expect((await house.call('PUT', '/api/riders/me/location', { as: rider1, body: fix })).body).to.deep.equal({ accepted: true })
    expect(
      (await house.call('GET', '/api/deliveries', { as: rider1 })).body.map((open: { orderId: string }) => open.orderId),
    ).to.deep.equal([id])
    await act(id, 'pick', rider1)
    const seen = () => house.call('GET', `/api/orders/${id}`, { as: customer1 })
    expect((await seen()).body.rider).to.deep.include({ lat: 37.502, lng: 127.03 })
    await act(id, 'deliver', rider1)
    expect((await seen()).body.rider).to.deep.equal({ id: 'rider-1', name: '박하늘' })
  })

  it('is in the lists of those it belongs to, page by page, while the read model is up', async () => {
    const ids = []
    for (let i = 0; i < 3; i++) ids.unshift((await house.place({}, `tap-${i}`)).body.id)
    const first = await house.call('GET', '/api/orders?limit=2', { as: customer1 })
    const second = await house.call('GET', `/api/orders?limit=2&cursor=${first.body.nextCursor}`, { as: customer1 })
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).to.deep.equal(ids)
    expect(second.body.nextCursor).to.equal(null)
    expect((await house.call('GET', '/api/orders', { as: customer2 })).body.items).to.deep.equal([])
    expect((await house.call('GET', '/api/orders?cursor=nonsense', { as: customer1 })).status).to.equal(400)
    house.reads.down = true
    const down = await house.call('GET', '/api/orders', { as: customer1 })
    expect([down.status, down.body.error.code, down.headers.get('retry-after')]).to.deep.equal([503, 'READ_MODEL_UNAVAILABLE', '1'])
    expect((await house.call('GET', `/api/orders/${ids[0]}`, { as: customer1 })).status).to.equal(200)
    expect((await house.call('GET', `/api/orders/${ids[0]}/timeline`, { as: customer1 })).body).to.have.length(1)
    expect((await house.place({})).status).to.equal(201)
  })

  it('waits for a host no longer than its deadline', async () => {
    const { id } = (await house.place({})).body
    await house.host.drain()
    const answer = await act(id, 'cancel', customer1)
    expect([answer.status, answer.body.error.code]).to.deep.equal([503, 'NO_HOST'])
    expect(answer.headers.get('retry-after')).to.equal('1')
  })
})
