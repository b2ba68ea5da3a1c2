import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { anOrder, HOME, knock, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

/** One house, real servers and sockets; each story brings its own order. */
describe('a whole house', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let origin: string
  let customer: Somebody
  let store: Somebody
  let rider: Somebody
  let keys = 0
  const key = () => `journey-${++keys}`
  const payment = (kind = '') => ({ paymentKey: `pk_test_${kind}_${++keys}` })

  before(async () => {
    origin = shared.house.url
    ;[customer, store, rider] = await Promise.all([
      Somebody.signIn(origin, 'customer', 'customer-1'),
      Somebody.signIn(origin, 'store', 'store-1'),
      Somebody.signIn(origin, 'rider', 'rider-1'),
    ])
  })
  after(async () => {
    for (const who of [customer, store, rider]) await who?.[Symbol.asyncDispose]()
  })

  it('carries an order from the tap to the confirmed delivery, and tells everyone each step', async () => {
    const riderLive = await rider.listen()
    await Promise.all([customer.listen(), store.listen()])
    const offers: string[] = []
    riderLive.on('delivery', ({ orderId }) => offers.push(orderId))
    const gone: string[] = []
    riderLive.on('delivery:gone', ({ orderId }) => gone.push(orderId))
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
    await rider.call('/api/riders/me/location', 'PUT', { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() })

    const placed = await customer.place(key(), payment())
    expect(placed).to.deep.include({ status: 'placed', total: 13_900, refund: 'none' })
    const { id } = placed
    await store.act(id, 'accept', { prepMinutes: 10 })
    await store.act(id, 'start-cooking')
    await store.act(id, 'finish-cooking')
    await until('the rider is offered it', () => offers.includes(id))
    const board = await rider.call<{ orderId: string; distanceM: number }[]>('/api/deliveries?radiusM=2000')
    expect(board.map(({ orderId }) => orderId)).to.include(id)
    await rider.act(id, 'pick')
    await until('the offer is withdrawn', () => gone.includes(id))
    await rider.act(id, 'deliver')
    expect((await customer.act(id, 'confirm')).status).to.equal('confirmed')

    const life = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed']
    const statuses = (who: Somebody) => [...new Set(who.pushes.filter(order => order.id === id).map(({ status }) => status))]
    await until('the customer has seen it all', () => statuses(customer).at(-1) === 'confirmed')
    await until('the store has seen it all', () => statuses(store).at(-1) === 'confirmed')
    expect(statuses(customer)).to.deep.equal(['paying', ...life])
    expect(statuses(store)).to.deep.equal(life)
    expect(statuses(rider)).to.include.members(['picked', 'delivered', 'confirmed'])
    const { payments } = await ledgerOf(shared.house.standIns.psp, id)
    expect(payments).to.have.length(1)
    expect(payments[0]).to.deep.include({ amount: 13_900, confirms: 1, balanceAmount: 13_900 })
  })

  it('keeps the timeline and the lists in the read model', async () => {
    const { id } = await customer.place(key(), payment())
    const timeline = () =>
      customer.call<{ version: number; event: string; status: string; by: { role: string } }[]>(`/api/orders/${id}/timeline`)
    await until('both steps are projected', async () => (await timeline()).length === 2)
    expect((await timeline()).map(({ version, event, status }) => ({ version, event, status }))).to.deep.equal([
      { version: 1, event: 'place', status: 'paying' },
      { version: 2, event: 'confirmPayment.done', status: 'placed' },
    ])
    const newest = async (who: Somebody) => (await who.call<{ items: { id: string }[] }>('/api/orders?limit=1')).items[0]?.id
    await until('the customer’s list has it', async () => (await newest(customer)) === id)
    await until('the store’s list has it', async () => (await newest(store)) === id)
    const stranger = await Somebody.signIn(origin, 'customer', 'customer-2')
    expect((await stranger.call<{ items: unknown[] }>('/api/orders')).items).to.deep.equal([])
  })

  it('makes one order and one charge of fifty equal taps, and answers all alike', async () => {
    const same = key()
    const order = payment()
    const views = await Promise.all(Array.from({ length: 50 }, () => customer.place(same, order)))
    expect(new Set(views.map(view => JSON.stringify(view))).size).to.equal(1)
    const { payments } = await ledgerOf(shared.house.standIns.psp, views[0]?.id ?? '')
    expect(payments.map(({ confirms }) => confirms)).to.deep.equal([1])
    expect(await customer.refused('/api/orders', 'POST', anOrder({ ...order, note: '다른 주문' }), same)).to.equal(
      '422 IDEMPOTENCY_KEY_REUSED',
    )
  })

  it('refunds a canceled order once, and a rejected one too', async () => {
    for (const end of ['cancel', 'reject'] as const) {
      const { id } = await customer.place(key(), payment())
      await (end === 'cancel' ? customer.act(id, 'cancel') : store.act(id, 'reject', { reason: '재료가 떨어졌어요' }))
      const ended = await customer.sees(id, ({ refund }) => refund === 'done', `the refund after ${end}`)
      expect(ended).to.deep.include({ status: end === 'cancel' ? 'canceled' : 'rejected', payment: { status: 'canceled' } })
      const { payments } = await ledgerOf(shared.house.standIns.psp, id)
      expect(payments[0]).to.deep.include({ confirms: 1, balanceAmount: 0 })
      expect(payments[0]?.cancels).to.have.length(1)
    }
  })

  it('says a payment is declined, and lets the customer try another card', async () => {
    const declined = await customer.place(key(), payment('decline'))
    expect(declined).to.deep.include({ status: 'paymentFailed' })
    expect(declined.payment).to.deep.include({ status: 'declined', code: 'REJECT_CARD_COMPANY' })
    const again = await customer.act(declined.id, 'pay', payment())
    expect(again.status).to.equal('placed')
    const { payments } = await ledgerOf(shared.house.standIns.psp, declined.id)
    expect(payments.filter(({ status }) => status === 'DONE')).to.have.length(1)
  })

  it('resolves a payment whose answer was lost by looking it up, and charges once', async () => {
    const { id } = await customer.place(key(), payment('timeout'))
    await customer.sees(id, ({ status }) => status === 'placed', 'the lost payment found', 30_000)
    const { payments } = await ledgerOf(shared.house.standIns.psp, id)
    expect(payments.map(({ confirms }) => confirms)).to.deep.equal([1])
  })

  it('waits for the payment of an order that brought none', async () => {
    const { paymentKey: _none, ...unpaid } = anOrder()
    const waiting = await customer.call<{ id: string; status: string }>('/api/orders', 'POST', unpaid, key())
    expect(waiting.status).to.equal('paying')
    expect((await customer.act(waiting.id, 'pay', payment())).status).to.equal('placed')
  })

  it('gives a delivery to one rider and tells the others', async () => {
    const { id } = await customer.place(key(), payment())
    await store.act(id, 'accept', { prepMinutes: 5 })
    await store.act(id, 'start-cooking')
    await store.act(id, 'finish-cooking')
    const riders = await Promise.all(Array.from({ length: 9 }, (_, i) => Somebody.signIn(origin, 'rider', `rider-${i + 2}`)))
    const answers = await Promise.all(riders.map(who => who.refused(`/api/orders/${id}/pick`, 'POST', {})))
    expect(answers.filter(answer => answer === 'went through')).to.have.length(1)
    expect(answers.filter(answer => answer === '409 ALREADY_PICKED')).to.have.length(8)
    await riders[answers.indexOf('went through')]?.act(id, 'deliver') // and is free again
  })

  it('lets a tablet that slept see everything after waking', async () => {
    const tablet = await Somebody.signIn(origin, 'store', 'store-3')
    const other = await Somebody.signIn(origin, 'customer', 'customer-3')
    const order = { ...payment(), storeId: 'store-3', items: [{ menuId: 'm-3-1', quantity: 1 }] }
    const { id } = await other.place(key(), order)
    await using waking = tablet
    const live = await waking.listen()
    expect(live.orders.all.map(({ id: known }) => known)).to.deep.equal([id])
  })

  it('messages the customer by KakaoTalk, once for each change', async () => {
    const someone = await Somebody.signIn(origin, 'customer', 'customer-4')
    const { id } = await someone.place(key(), payment())
    await store.act(id, 'accept', { prepMinutes: 30 })
    const messages = async () => {
      const answer = await fetch(`${shared.house.standIns.kakao}/stand-in/messages`)
      const { messages: all } = (await answer.json()) as { messages: { text: string; customFields?: { orderId?: string } }[] }
      return all.filter(({ customFields }) => customFields?.orderId === id)
    }
    await until('both messages arrive', async () => (await messages()).length === 2)
    expect((await messages())[1]?.text).to.include('30분')
  })

  it('has a read model that equals the log, as it is and rebuilt while orders go on', async () => {
    const command = (name: 'verify' | 'rebuild') =>
      run(process.execPath, [join(ROOT, 'server', `${name}.ts`), '--data-dir', shared.house.dir.path])
    expect((await command('verify')).stdout)
      .to.match(/^ORDERS: [1-9]\d* records .*\n/m)
      .and.to.match(/\ndifferences: 0\n$/)
    const placing = Array.from({ length: 10 }, () => customer.place(key(), payment()))
    expect((await command('rebuild')).stdout).to.match(/\nrebuilt: [1-9]\d* orders, [1-9]\d* steps, 30 stores\n$/)
    await Promise.all(placing)
    expect((await command('verify')).stdout).to.match(/\ndifferences: 0\n$/)
  })

  describe('refuses', () => {
    const headers = (more: Record<string, string> = {}) => ({
      authorization: `Bearer ${customer.token}`,
      'content-type': 'application/json',
      'idempotency-key': key(),
      ...more,
    })
    const post = (body: string, more: Record<string, string> = {}) =>
      knock(origin, '/api/orders', { method: 'POST', headers: headers(more), body })
    const send = (changes: Record<string, unknown>) => post(JSON.stringify(anOrder({ ...payment(), ...changes })))
    const told = ({ status, body }: Awaited<ReturnType<typeof knock>>) => `${status} ${body.error?.code}`

    it('what is no JSON, too large, or of another type', async () => {
      expect(told(await post('{"storeId": '))).to.equal('400 BAD_JSON')
      expect(told(await post(JSON.stringify(anOrder({ note: 'x'.repeat(100_000) }))))).to.equal('413 TOO_LARGE')
      expect(told(await post('a=b', { 'content-type': 'text/plain' }))).to.equal('415 UNSUPPORTED_MEDIA_TYPE')
    })

    it('absurd orders, with the path of what is wrong', async () => {
      const item = { menuId: 'm-1-1', quantity: 1 }
      for (const items of [
        [{ ...item, quantity: 0 }],
        [{ ...item, quantity: -1 }],
        [{ ...item, quantity: 1e9 }],
        [{ ...item, quantity: '2' }],
        [],
      ]) {
        const answer = await send({ items })
        expect(told(answer)).to.equal('422 INVALID')
        expect(answer.body.error?.details).to.have.property('issues')
      }
      expect((await send({ items: [{ ...item, choices: ['none-of-it'] }] })).body.error?.code).to.equal('CHOICE_NOT_FOUND')
      expect((await send({ items: [{ menuId: 'm-2-1', quantity: 1 }] })).body.error?.code).to.equal('MENU_NOT_FOUND')
      expect(told(await send({ storeId: 'store-999' }))).to.equal('404 STORE_NOT_FOUND')
      expect(told(await send({ storeId: 'store.*.>' }))).to.equal('422 INVALID')
    })

    it('an order without an Idempotency-Key, and prices of the client’s own', async () => {
      const { 'idempotency-key': _key, ...without } = headers()
      const bare = await knock(origin, '/api/orders', { method: 'POST', headers: without, body: JSON.stringify(anOrder(payment())) })
      expect(told(bare)).to.equal('400 IDEMPOTENCY_KEY_REQUIRED')
      const cheap = await send({ items: [{ menuId: 'm-1-1', quantity: 1, price: 1, unitPrice: 1 }], total: 1 })
      expect(cheap.body).to.deep.include({ total: 13_900 })
    })

    it('strangers, and what belongs to others', async () => {
      const { id } = await customer.place(key(), payment())
      expect(told(await knock(origin, `/api/orders/${id}`))).to.equal('401 UNAUTHENTICATED')
      expect(told(await knock(origin, `/api/orders/${id}`, { headers: { authorization: 'Bearer x.y.z' } }))).to.equal('401 UNAUTHENTICATED')
      const other = await Somebody.signIn(origin, 'customer', 'customer-5')
      expect(await other.refused(`/api/orders/${id}`)).to.equal('403 FORBIDDEN')
      expect(await other.refused(`/api/orders/${id}/cancel`, 'POST', {})).to.equal('403 FORBIDDEN')
      expect(await customer.refused(`/api/orders/${id}/accept`, 'POST', { prepMinutes: 5 })).to.equal('403 FORBIDDEN')
      expect(await customer.refused('/api/orders/o_nowhere')).to.equal('404 ORDER_NOT_FOUND')
      expect(await store.refused(`/api/orders/${id}/start-cooking`, 'POST', {})).to.equal('409 ORDER_REFUSED')
    })

    it('and writes nothing of it', async () => {
      const quiet = await Somebody.signIn(origin, 'customer', 'customer-6')
      const bad = anOrder({ items: [{ menuId: 'm-1-1', quantity: 0 }] })
      expect(await quiet.refused('/api/orders', 'POST', bad, key())).to.equal('422 INVALID')
      const live = await quiet.listen()
      expect(live.orders.all).to.deep.equal([])
      await quiet[Symbol.asyncDispose]()
    })
  })

  it('gives each process what it needs of NATS: nothing was denied to any of them', () => {
    const said = readFileSync(join(shared.house.dir.logs, 'nats.log'), 'utf8')
    expect(said).to.match(/Server is ready/)
    expect(said.match(/.*Permissions Violation.*/g) ?? []).to.deep.equal([])
  })
})
