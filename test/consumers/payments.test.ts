import { expect } from 'chai'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { listDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import { orderContext } from '../../actors/kinds/order.ts'
import { runRetries } from '../../actors/retries.ts'
import { startPayments } from '../../server/consumers/payments.ts'
import { ProviderCalls } from '../../server/metrics/provider-calls.ts'
import { Toss } from '../../server/outside/toss.ts'
import { until } from '../harness/house.ts'
import { type OpenPsp, openPsp } from '../outside/psp-caller.ts'
import { OrderHouse } from './payments-house.ts'

const silent = pino({ level: 'silent' })

describe('the payments worker', () => {
  let psp: OpenPsp
  let house: OrderHouse
  const work = (toss: Toss = psp.toss, logger = silent, limits: { maxAttempts?: number; retryMaxMs?: number } = {}) =>
    house.run(
      startPayments({
        log: house.log,
        router: house.router,
        toss,
        now: () => Date.now(),
        random: () => 0,
        logger,
        gates: house.gates,
        metrics: new ProviderCalls(new Registry()),
        ...limits,
      }),
    )
  const charges = async (id: string) => (await psp.ledger(id)).payments.map(({ status, confirms }) => [status, confirms])
  const keys = async (id: string) => (await psp.ledger(id)).calls.flatMap(call => call.idempotencyKey ?? [])

  beforeEach(async () => {
    psp = await openPsp({ timeoutMs: 200 })
    house = await OrderHouse.open()
  })
  afterEach(async () => {
    await house[Symbol.asyncDispose]()
    await psp[Symbol.asyncDispose]()
  })

  it('charges a placed order once', async () => {
    await work()
    await house.place('order-1')
    const record = await house.until('order-1', ({ order }) => order === 'placed')
    expect(orderContext(record.state).approvedAt).to.match(/Z$/)
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
    expect(await keys('order-1')).to.deep.equal(['confirm:order-1#1'])
  })

  it('tells the order of a decline, and charges the next card under a key of its own', async () => {
    await work()
    await house.place('order-1', { paymentKey: 'pk_test_decline_1' })
    const failed = await house.until('order-1', ({ order }) => order === 'paymentFailed')
    expect(orderContext(failed.state).decline).to.include({ code: 'REJECT_CARD_COMPANY' })
    await house.tell('order-1', { type: 'pay', paymentKey: 'pk_test_good' })
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([
      ['ABORTED', 0],
      ['DONE', 1],
    ])
    expect(await keys('order-1')).to.deep.equal(['confirm:order-1#1', 'confirm:order-1#2'])
  })

  it('finds a charge whose answer was lost', async () => {
    await work()
    await house.place('order-1', { paymentKey: 'pk_test_timeout_1' })
    await house.until('order-1', ({ payment }) => payment === 'checking')
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
    expect(await keys('order-1')).to.deep.equal(['confirm:order-1#1'])
  })

  it('asks again under the same key when a silent call left no charge', async () => {
    await work()
    await psp.faults({ hangRate: 1, on: ['confirm'] })
    await house.place('order-1')
    await house.until('order-1', ({ payment }) => payment === 'checking')
    await psp.faults({})
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
    expect(new Set(await keys('order-1'))).to.deep.equal(new Set(['confirm:order-1#1']))
  })

  it('does not take the earlier card for the one that is unknown', async () => {
    await work()
    await house.place('order-1', { paymentKey: 'pk_test_decline_1' })
    await house.until('order-1', ({ order }) => order === 'paymentFailed')
    await psp.faults({ resetRate: 1, on: ['confirm'] })
    await house.tell('order-1', { type: 'pay', paymentKey: 'pk_test_good' })
    await house.until('order-1', ({ payment }) => payment === 'checking')
    await psp.faults({})
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.include(['DONE', 1])
  })

  it('leaves a key that keeps a passing error, after a look that nothing was charged', async () => {
    await work()
    await psp.faults({ errorRate: 1, errorCode: 'PROVIDER_ERROR', on: ['confirm'] })
    await house.place('order-1')
    while ((await keys('order-1')).length === 0) await psp.ledger('order-1')
    await psp.faults({})
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
    expect((await keys('order-1')).at(-1)).to.equal('confirm:order-1#1.1')
  })

  it('gives the money back once, under one key, when a paid order ends', async () => {
    await work()
    await house.place('order-1')
    await house.until('order-1', ({ order }) => order === 'placed')
    await house.tell('order-1', { type: 'reject', reason: '재료 소진' }, 'store')
    await house.until('order-1', ({ refund }) => refund === 'done')
    const { payments } = await psp.ledger('order-1')
    expect(
      payments.map(({ status, cancels }) => [status, cancels.map(cancel => [cancel.cancelAmount, cancel.cancelReason])]),
    ).to.deep.equal([['CANCELED', [[18_000, '재료 소진']]]])
    expect(await keys('order-1')).to.deep.equal(['confirm:order-1#1', 'cancel:order-1:1'])
  })

  it('finds a refund whose answer was lost, and one that somebody else made', async () => {
    await work()
    for (const id of ['order-1', 'order-2']) {
      await house.place(id)
      await house.until(id, ({ order }) => order === 'placed')
    }
    await psp.faults({ timeoutAfterCommitRate: 1, on: ['cancel'] })
    await house.tell('order-1', { type: 'cancel' })
    await house.until('order-1', ({ refund }) => refund === 'done')
    await psp.faults({})
    await psp.toss.cancel({ paymentKey: 'pk_test_order-2', reason: '상담원', idempotencyKey: 'by-hand' })
    await house.tell('order-2', { type: 'cancel' })
    await house.until('order-2', ({ refund }) => refund === 'done')
    for (const id of ['order-1', 'order-2']) expect((await psp.ledger(id)).payments[0]?.cancels).to.have.length(1)
  })

  it('pays back an order that was canceled while its payment was under way', async () => {
    await work()
    await psp.faults({ latencyMs: 100, on: ['confirm'] })
    await house.place('order-1')
    await house.tell('order-1', { type: 'cancel' })
    const record = await house.until('order-1', ({ refund }) => refund === 'done')
    expect(record.state.value).to.deep.include({ order: 'canceled', payment: 'canceled', refund: 'done' })
    expect(await charges('order-1')).to.deep.equal([['CANCELED', 1]])
  })

  for (const errorCode of ['PROVIDER_ERROR', 'REFUND_REJECTED'])
    it(`leaves a refund that ends in ${errorCode} for good to operators, and makes it once when they have it tried again`, async () => {
      const limits = { maxAttempts: 3, retryMaxMs: 10 }
      const first = await work(psp.toss, silent, limits)
      await house.place('order-1')
      await house.until('order-1', ({ order }) => order === 'placed')
      await psp.faults({ errorRate: 1, errorCode, on: ['cancel'] })
      await house.tell('order-1', { type: 'cancel' })
      await until('a dead letter', async () => (await listDeadLetters(house.log)).length === 1)
      const [letter] = await listDeadLetters(house.log)
      expect(letter).to.include({ src: 'cancelPayment', address: 'order/order-1', attempts: 3, reason: errorCode })
      expect((await house.until('order-1', ({ refund }) => refund === 'pending')).state.status).to.equal('active')
      // A worker that was replaced meanwhile knows nothing of the keys that are spent.
      await first.stop()
      await work(psp.toss, silent, limits)
      await psp.faults({})
      await house.run(runRetries({ log: house.log, concurrency: 4 }))
      await retryDeadLetter(house.log, letter?.id ?? '', { at: new Date().toISOString(), by: 'ops/ops-1', why: 'the provider is back' })
      await house.until('order-1', ({ refund }) => refund === 'done')
      expect((await psp.ledger('order-1')).payments.map(({ cancels }) => cancels.length)).to.deep.equal([1])
      expect(await listDeadLetters(house.log)).to.deep.equal([])
    })

  it('charges though every key it had was answered with an error, as soon as the provider is well', async () => {
    await work(psp.toss, silent, { retryMaxMs: 1 })
    await psp.faults({ errorRate: 1, on: ['confirm'] })
    await house.place('order-1')
    await until('more errors than one effect has tries', async () => new Set(await keys('order-1')).size > 8)
    await psp.faults({})
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
  })

  it('names the request in every call and in every line about it, and no payment key', async () => {
    const lines: Record<string, unknown>[] = []
    const logger = pino({ level: 'debug' }, { write: line => void lines.push(JSON.parse(line)) })
    await work(psp.toss, logger)
    await house.place('order-1', { paymentKey: 'pk_test_timeout_secret' }, 'tap-1')
    await house.until('order-1', ({ order }) => order === 'placed')
    await house.tell('order-1', { type: 'cancel' }, 'customer', 'tap-2')
    await house.until('order-1', ({ refund }) => refund === 'done')
    const calls = (await psp.ledger('order-1')).calls.map(({ requestId, idempotencyKey }) => [requestId, idempotencyKey])
    expect(calls).to.deep.equal([
      ['tap-1', 'confirm:order-1#1'],
      ['tap-1', undefined],
      ['tap-2', 'cancel:order-1:1'],
    ])
    const said = lines.filter(({ call }) => call !== undefined)
    expect(
      said.map(({ requestId, orderId, call, idempotencyKey, outcome }) => [requestId, orderId, call, idempotencyKey, outcome]),
    ).to.deep.equal([
      ['tap-1', 'order-1', 'confirm', 'confirm:order-1#1', 'unknown'],
      ['tap-1', 'order-1', 'lookup', undefined, 'approved'],
      ['tap-2', 'order-1', 'cancel', 'cancel:order-1:1', 'canceled'],
    ])
    for (const { ms } of said) expect(ms).to.be.within(0, 5_000)
    expect(JSON.stringify(lines)).to.not.include('pk_test')
  })

  it('waits for its operators under a wrong key, and goes on when it is repaired', async () => {
    const stranger = new Toss({ url: psp.url, secretKey: 'test_sk_wrong', timeoutMs: 200 })
    const { promise: loud, resolve } = Promise.withResolvers<string>()
    const wrong = await work(stranger, pino({ level: 'error' }, { write: resolve }))
    await house.place('order-1')
    const line = await loud
    expect(line).to.include('UNAUTHORIZED_KEY').and.to.include('order-1').and.to.not.include('test_sk_wrong')
    await wrong.stop()
    await stranger.close()
    await work()
    await house.until('order-1', ({ order }) => order === 'placed')
    expect(await charges('order-1')).to.deep.equal([['DONE', 1]])
  })

  it('charges each of many exactly once through a storm of every fault', async () => {
    let dice = 1
    await using stormy = await openPsp({
      timeoutMs: 150,
      random: () => {
        dice = (dice * 16_807) % 2_147_483_647 // the same storm every time
        return dice / 2_147_483_647
      },
    })
    await stormy.faults({ errorRate: 0.08, resetRate: 0.08, timeoutAfterCommitRate: 0.08, jitterMs: 5 })
    await work(stormy.toss)
    const ids = Array.from({ length: 20 }, (_, i) => `order-${i}`)
    await Promise.all(ids.map(id => house.place(id)))
    await Promise.all(ids.map(id => house.until(id, ({ order }) => order === 'placed')))
    const canceled = ids.slice(0, 10)
    await Promise.all(canceled.map(id => house.tell(id, { type: 'cancel' })))
    await Promise.all(canceled.map(id => house.until(id, ({ refund }) => refund === 'done')))
    for (const id of ids) {
      const { payments } = await stormy.ledger(id)
      expect(payments.map(({ confirms, cancels }) => [confirms, cancels.length])).to.deep.equal([[1, canceled.includes(id) ? 1 : 0]], id)
    }
    expect(await listDeadLetters(house.log)).to.deep.equal([])
  })
})
