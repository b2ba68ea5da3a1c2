import { expect } from 'chai'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { anOrder, knock, ledgerOf, Somebody } from '../harness/people.ts'

interface Told {
  readonly orderId: string
  readonly position: number
  readonly retryAfterMs: number
  readonly expiresAt: string
}

/** A provider that hangs, and the people who would pay meanwhile. */
describe('the waiting room', function () {
  this.timeout(120_000)
  let test: TestHouse
  let origin: string
  let keys = 0
  const setProvider = async (faults: object) => {
    const answer = await fetch(`${test.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(faults) })
    expect(answer.status).to.equal(200)
  }
  const place = (who: Somebody) =>
    knock(origin, '/api/orders', {
      method: 'POST',
      headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json', 'idempotency-key': `wait-${++keys}` },
      body: JSON.stringify(anOrder({ paymentKey: `pk_test_wait_${keys}` })),
    })

  before(async () => {
    test = await startHouse({
      TICKET_WINDOW_MS: '12000',
      PAYMENT_WAIT_MS: '2500',
      TOSS_TIMEOUT_MS: '5000',
      BREAKER_LONGEST_OPEN_MS: '3000',
    })
    origin = test.house.url
  })
  after(() => test[Symbol.asyncDispose]())

  it('takes orders while the provider hangs, tells each its place, and lets them in when it is well', async () => {
    await using ops = await Somebody.signIn(origin, 'ops', 'ops-1')
    await using customer = await Somebody.signIn(origin, 'customer', 'customer-1')
    await using other = await Somebody.signIn(origin, 'customer', 'customer-2')
    const breakers: string[] = []
    const opsLive = await ops.listen()
    opsLive.on('breaker', ({ name, state }) => breakers.push(`${name} ${state}`))
    const tickets: Told[] = []
    const live = await customer.listen()
    live.on('payment:ticket', ticket => tickets.push(ticket))
    expect((await place(customer)).status).to.equal(201)
    await setProvider({ hangRate: 1, on: ['confirm'] })

    const first = await Promise.all(Array.from({ length: 8 }, () => place(other)))
    for (const { status, body } of first) expect(status, JSON.stringify(body)).to.equal(202)
    await until('the breaker of confirms is open', () => breakers.includes('confirm open'))
    const waiting = await place(customer)
    expect([waiting.status, waiting.body.status]).to.deep.equal([202, 'paymentWaiting'])
    const payment = waiting.body.payment as { readonly status: string; readonly ticket: Told }
    expect(payment.status).to.equal('waiting')
    expect(payment.ticket.position).to.be.at.least(1)
    expect(Number(waiting.headers.get('retry-after'))).to.be.at.least(1)
    expect(Date.parse(payment.ticket.expiresAt)).to.be.above(Date.now())
    const id = String(waiting.body.id)
    await until('its place is pushed', () => tickets.some(({ orderId }) => orderId === id))

    const leaving = await place(customer)
    const left = await customer.act(String(leaving.body.id), 'cancel')
    expect(left.status).to.equal('canceled')

    await setProvider({})
    await customer.sees(id, ({ status }) => status === 'placed', 'its order placed', 30_000)
    await until('the breaker is closed again', () => breakers.at(-1) === 'confirm closed', 30_000)
    expect((await ledgerOf(test.house.standIns.psp, id)).payments.map(({ confirms }) => confirms)).to.deep.equal([1])
    for (const { body } of first) {
      const ended = await other.sees(String(body.id), ({ status }) => status === 'placed', 'the first ones placed', 30_000)
      expect((await ledgerOf(test.house.standIns.psp, ended.id)).payments.map(({ confirms }) => confirms)).to.deep.equal([1])
    }
    const gone = await customer.sees(left.id, ({ payment: { status } }) => status === 'declined', 'the one who left uncharged')
    expect(gone.refund).to.equal('none')
    expect((await ledgerOf(test.house.standIns.psp, left.id)).payments).to.deep.equal([])
  })

  it('lets a ticket expire that never had its turn, and charges nothing', async () => {
    await using ops = await Somebody.signIn(origin, 'ops', 'ops-1')
    await using customer = await Somebody.signIn(origin, 'customer', 'customer-3')
    const forced = await ops.call<{ state: string; forced: boolean; reason: string }>('/api/ops/breakers/confirm/force', 'POST', {
      state: 'open',
      reason: '카드사 점검',
    })
    expect(forced).to.deep.include({ state: 'open', forced: true, reason: '카드사 점검' })
    expect(await customer.refused('/api/ops/breakers/confirm/force', 'POST', { state: 'closed', reason: 'x' })).to.equal('403 FORBIDDEN')
    const waiting = await place(customer)
    const id = String(waiting.body.id)
    expect(waiting.body.status).to.equal('paymentWaiting')
    const expired = await customer.sees(id, ({ status }) => status === 'expired', 'its ticket expired', 30_000)
    expect(expired.reason).to.equal('TICKET_EXPIRED')
    await ops.call('/api/ops/breakers/confirm/release', 'POST', { reason: '점검 끝' })
    await customer.sees(id, ({ payment: { status } }) => status === 'declined', 'nothing charged', 30_000)
    expect((await ledgerOf(test.house.standIns.psp, id)).payments).to.deep.equal([])
    const again = await place(customer)
    expect([again.status, again.body.status]).to.deep.equal([201, 'placed'])
  })
})
