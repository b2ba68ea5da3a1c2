import { expect } from 'chai'
import { json, serveJson } from '../../server/outside/stand-ins/json-server.ts'
import { Toss } from '../../server/outside/toss.ts'
import { type OpenPsp, openPsp, pay } from './psp-caller.ts'

describe('the Toss client', () => {
  let psp: OpenPsp
  beforeEach(async () => {
    psp = await openPsp({ timeoutMs: 300 })
  })
  afterEach(() => psp[Symbol.asyncDispose]())

  it('confirms a payment once, and gives the first answer to a repeat', async () => {
    const first = await psp.toss.confirm(pay('order-1'))
    expect(first).to.include({ kind: 'approved', amount: 18_000, orderId: 'order-1', method: '카드' })
    expect(first)
      .to.have.property('approvedAt')
      .that.matches(/\.000Z$/)
    expect(await psp.toss.confirm(pay('order-1'))).to.deep.equal(first)
    const { payments, calls } = await psp.ledger('order-1')
    expect(payments.map(payment => payment.confirms)).to.deep.equal([1])
    expect(calls.map(call => [call.idempotencyKey, call.status])).to.deep.equal([
      ['confirm:order-1#1', 200],
      ['confirm:order-1#1', 200],
    ])
  })

  it('takes a declined card as final, in the provider words', async () => {
    expect(await psp.toss.confirm(pay('order-1', 'pk_test_decline_1'))).to.deep.equal({
      kind: 'declined',
      code: 'REJECT_CARD_COMPANY',
      message: '카드사에서 결제를 거절했습니다.',
    })
    expect(await psp.toss.lookUp('order-1')).to.include({ kind: 'declined', code: 'REJECT_CARD_COMPANY', paymentKey: 'pk_test_decline_1' })
    expect((await psp.ledger('order-1')).payments)
      .to.have.length(1)
      .and.to.have.nested.property('[0].confirms', 0)
  })

  it('does not know after a silence; the lookup finds the charge and the same key repeats it, charging once', async () => {
    const paid = pay('order-1', 'pk_test_timeout_1')
    expect(await psp.toss.confirm(paid)).to.deep.equal({ kind: 'unknown', code: 'TIMEOUT', kept: false })
    expect(await psp.toss.lookUp('order-1')).to.include({ kind: 'approved', amount: 18_000 })
    expect(await psp.toss.lookUpByKey('pk_test_timeout_1')).to.include({ kind: 'approved', orderId: 'order-1' })
    expect(await psp.toss.confirm(paid)).to.include({ kind: 'approved' })
    const { payments, calls } = await psp.ledger('order-1')
    expect(payments.map(payment => payment.confirms)).to.deep.equal([1])
    expect(calls.map(call => call.status)).to.deep.equal([0, 200, 200, 200])
  })

  it('does not know after a cut socket, a hang, or a passing error', async () => {
    await psp.faults({ resetRate: 1 })
    expect(await psp.toss.confirm(pay('order-1'))).to.deep.equal({ kind: 'unknown', code: 'UND_ERR_SOCKET', kept: false })
    await psp.faults({ hangRate: 1 })
    expect(await psp.toss.lookUp('order-1')).to.deep.equal({ kind: 'unknown', code: 'TIMEOUT', kept: false })
    await psp.faults({ errorRate: 1 })
    expect(await psp.toss.confirm(pay('order-1'))).to.deep.equal({ kind: 'unknown', code: 'PROVIDER_ERROR', kept: true })
    await psp.faults({ errorRate: 1, errorCode: 'REJECT_CARD_PAYMENT', on: ['cancel'] })
    expect(await psp.toss.lookUp('order-1')).to.deep.equal({ kind: 'absent' })
  })

  it('does not know when nobody listens', async () => {
    await psp.stop()
    expect(await psp.toss.confirm(pay('order-1'))).to.deep.equal({ kind: 'unknown', code: 'ECONNREFUSED', kept: false })
  })

  it('tells a wrong key from a wrong card, and does not give the key away', async () => {
    const stranger = new Toss({ url: psp.url, secretKey: 'test_sk_of_somebody', timeoutMs: 300 })
    const ends = [await stranger.confirm(pay('order-1')), await stranger.lookUp('order-1')]
    await stranger.close()
    for (const end of ends) expect(end).to.include({ kind: 'misconfigured', code: 'UNAUTHORIZED_KEY' })
    expect(JSON.stringify([ends, stranger])).to.not.include('somebody')
  })

  it('knows a lost session from a charge', async () => {
    expect(await psp.toss.confirm(pay('order-1', 'pk_live_1'))).to.include({ kind: 'declined', code: 'NOT_FOUND_PAYMENT_SESSION' })
    expect(await psp.toss.lookUp('order-1')).to.deep.equal({ kind: 'absent' })
    expect(await psp.toss.confirm(pay('order-2'))).to.include({ kind: 'approved' })
    const again = await psp.toss.confirm(pay('order-2', 'pk_test_other', 'confirm:order-2#2'))
    expect(again).to.deep.equal({ kind: 'unknown', code: 'ALREADY_PROCESSED_PAYMENT', kept: true })
  })

  it('gives back the whole once, and parts as they come', async () => {
    await psp.toss.confirm(pay('order-1'))
    const cancel = { paymentKey: 'pk_test_order-1', reason: '매장 사정', idempotencyKey: 'cancel:order-1:1' }
    const first = await psp.toss.cancel(cancel)
    expect(first).to.include({ kind: 'canceled', orderId: 'order-1' }).and.to.have.property('canceledAt').that.matches(/Z$/)
    expect(await psp.toss.cancel(cancel)).to.deep.equal(first)
    expect(await psp.toss.lookUp('order-1')).to.include({ kind: 'canceled' })
    expect(await psp.toss.cancel({ ...cancel, idempotencyKey: 'another' })).to.include({
      kind: 'unknown',
      code: 'ALREADY_CANCELED_PAYMENT',
    })

    await psp.toss.confirm(pay('order-2'))
    const part = { paymentKey: 'pk_test_order-2', reason: '품절', amount: 5_000, idempotencyKey: 'cancel:order-2:1' }
    expect(await psp.toss.cancel(part)).to.include({ kind: 'canceled' })
    expect(await psp.toss.lookUp('order-2')).to.include({ kind: 'approved' })
    expect(await psp.toss.cancel({ ...part, amount: 13_001, idempotencyKey: '2' })).to.include({ code: 'NOT_CANCELABLE_AMOUNT' })
    const { payments } = await psp.ledger('order-2')
    expect(payments.map(({ status, balanceAmount, cancels }) => [status, balanceAmount, cancels.length])).to.deep.equal([
      ['PARTIAL_CANCELED', 13_000, 1],
    ])
  })

  it('believes a 200 only when it speaks of the very payment', async () => {
    const base = { paymentKey: 'pk', orderId: 'order-1', status: 'DONE', totalAmount: 18_000, currency: 'KRW', novelty: { of: 'tomorrow' } }
    const answers = [
      base,
      { ...base, totalAmount: 17_999 },
      { ...base, currency: 'USD' },
      { ...base, orderId: 'order-2' },
      { ...base, status: 'WAITING_FOR_DEPOSIT' },
      { ...base, status: 'IN_PROGRESS' },
      { ...base, status: 'ABORTED', failure: { code: 'REJECT_CARD_PAYMENT', message: '한도초과' } },
      { nothing: 'known' },
    ]
    const odd = await serveJson(0, async () => json(200, answers.shift()))
    const toss = new Toss({ url: odd.url, secretKey: 'test_sk', timeoutMs: 300 })
    const ends: unknown[] = []
    while (answers.length > 0) ends.push(await toss.confirm(pay('order-1')).then(end => [end.kind, 'code' in end ? end.code : undefined]))
    await Promise.all([toss.close(), odd.stop()])
    expect(ends).to.deep.equal([
      ['approved', undefined],
      ['unknown', 'ANOTHER_PAYMENT'],
      ['unknown', 'ANOTHER_PAYMENT'],
      ['unknown', 'ANOTHER_PAYMENT'],
      ['unknown', 'WAITING_FOR_DEPOSIT'],
      ['unknown', 'IN_PROGRESS'],
      ['declined', 'REJECT_CARD_PAYMENT'],
      ['unknown', 'UNREADABLE_ANSWER'],
    ])
  })

  it('reads a proxy that speaks no Toss as unknown', async () => {
    const proxy = await serveJson(0, async () => json(502, '<html>Bad Gateway</html>'))
    const toss = new Toss({ url: proxy.url, secretKey: 'test_sk', timeoutMs: 300 })
    const end = await toss.confirm(pay('order-1'))
    await Promise.all([toss.close(), proxy.stop()])
    expect(end).to.deep.equal({ kind: 'unknown', code: 'HTTP_502', kept: false })
  })
})
