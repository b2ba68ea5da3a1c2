import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { json, serveJson } from '../../server/outside/stand-ins/json-server.ts'
import { until } from '../harness/house.ts'
import { type OpenPsp, openPsp, pay, SECRET_KEY } from './psp-caller.ts'

const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code?: unknown }).code

describe('the Toss stand-in', () => {
  let psp: OpenPsp
  beforeEach(async () => {
    psp = await openPsp()
  })
  afterEach(() => psp[Symbol.asyncDispose]())

  it('repeats the first answer under a key, an error too, whatever the body', async () => {
    await psp.faults({ errorRate: 1, errorCode: 'FAILED_INTERNAL_SYSTEM_PROCESSING' })
    await psp.toss.confirm(pay('order-1'))
    await psp.faults({})
    expect(await psp.toss.confirm(pay('order-1'))).to.include({ kind: 'unknown', code: 'FAILED_INTERNAL_SYSTEM_PROCESSING' })
    expect(await psp.toss.confirm(pay('order-1', 'pk_test_order-1', 'confirm:order-1#1.1'))).to.include({ kind: 'approved' })
    // Reported by a merchant: the body is no part of the scope, so another order under this key hears of the first one.
    expect(await psp.toss.confirm(pay('order-2', 'pk_test_2', 'confirm:order-1#1.1'))).to.include({ code: 'ANOTHER_PAYMENT' })
    expect((await psp.ledger('order-2')).payments).to.deep.equal([])
  })

  it('tells a repeat to wait while the first call under its key runs', async () => {
    await psp.faults({ latencyMs: 150 })
    const ends = await Promise.all([psp.toss.confirm(pay('order-1')), psp.toss.confirm(pay('order-1'))])
    expect(ends.map(end => ('code' in end ? end.code : end.kind)).sort()).to.deep.equal(['IDEMPOTENT_REQUEST_PROCESSING', 'approved'])
    expect((await psp.ledger('order-1')).payments.map(payment => payment.confirms)).to.deep.equal([1])
  })

  it('charges one of fifty at once', async () => {
    const calls = Array.from({ length: 50 }, (_, i) => psp.toss.confirm(pay('order-1', `pk_test_${i % 5}`, `key-${i}`)))
    const ends = await Promise.all(calls)
    expect(ends.filter(end => end.kind === 'approved')).to.have.length(1)
    expect((await psp.ledger('order-1')).payments.map(payment => payment.confirms)).to.deep.equal([1])
  })

  it('refuses what is no call of ours', async () => {
    expect(await codeOf(await psp.post('/v1/payments/confirm', pay('o'), { authorization: 'Bearer x' }))).to.equal(
      'INCORRECT_BASIC_AUTH_FORMAT',
    )
    expect(await codeOf(await psp.post('/v1/payments/confirm', pay('o'), { authorization: 'Basic x' }))).to.equal('UNAUTHORIZED_KEY')
    expect(await codeOf(await psp.post('/v1/payments/confirm', '{'))).to.equal('INVALID_REQUEST')
    expect(await codeOf(await psp.post('/v1/payments/confirm', { ...pay('o'), amount: 99 }))).to.equal('BELOW_MINIMUM_AMOUNT')
    expect(await codeOf(await psp.post('/v1/payments/pk_test_x/cancel', { cancelReason: 'x' }))).to.equal('NOT_FOUND_PAYMENT')
    expect(await codeOf(await psp.post('/v1/refunds', {}))).to.equal('NOT_FOUND')
    const long = await psp.post('/v1/payments/confirm', pay('order-1'), { 'idempotency-key': 'k'.repeat(301) })
    expect([long.status, await codeOf(long)]).to.deep.equal([400, 'INVALID_IDEMPOTENCY_KEY'])
    expect((await psp.post('/v1/payments/confirm', 'x'.repeat(70_000))).status).to.equal(413)
  })

  it('rehearses any error for a test key', async () => {
    const rehearsed = await psp.post('/v1/payments/confirm', pay('order-1'), { 'TossPayments-Test-Code': 'INVALID_STOPPED_CARD' })
    expect([rehearsed.status, await codeOf(rehearsed)]).to.deep.equal([400, 'INVALID_STOPPED_CARD'])
    expect((await psp.ledger('order-1')).payments).to.deep.equal([])
  })

  it('says which faults are in force, and refuses nonsense', async () => {
    expect(await (await psp.put({ latencyMs: 5, on: ['confirm'] })).json()).to.include({ latencyMs: 5, hangRate: 0 })
    expect(await (await fetch(`${psp.url}/stand-in/faults`)).json()).to.include({ latencyMs: 5 })
    for (const nonsense of [{ errorRate: 2 }, { errorRate: 0.6, hangRate: 0.6 }, { on: ['refund'] }, { unheardOf: 1 }, 'x']) {
      expect((await psp.put(nonsense)).status, JSON.stringify(nonsense)).to.equal(400)
    }
  })

  it('works on no more calls at once than it can bear', async () => {
    await psp.faults({ capacity: 2, latencyMs: 40 })
    const begun = performance.now()
    const ends = await Promise.all(Array.from({ length: 8 }, (_, i) => psp.toss.confirm(pay(`order-${i}`))))
    expect(ends.every(end => end.kind === 'approved')).to.equal(true)
    expect(performance.now() - begun, '8 calls, 2 at once, 40 ms each').to.be.at.least(150)
  })

  it('counts a call that it never answers as in hand until the caller leaves', async () => {
    await psp.faults({ hangRate: 1 })
    const caller = new AbortController()
    const call = (i: number) =>
      fetch(`${psp.url}/v1/payments/confirm`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}` },
        body: JSON.stringify(pay(`order-${i}`)),
        signal: caller.signal,
      })
    const calls = [call(1), call(2), call(3)]
    await until('three are in hand', async () => (await psp.load()).confirm.inHand === 3)
    caller.abort()
    await Promise.allSettled(calls)
    await until('none is', async () => (await psp.load()).confirm.inHand === 0)
    expect((await psp.load()).confirm).to.include({ most: 0, calls: 3 })
  })

  it('keeps several orders under one test key apart', async () => {
    for (const id of ['order-1', 'order-2', 'order-3']) await psp.toss.confirm(pay(id, 'pk_test_same'))
    await psp.toss.cancel({ paymentKey: 'pk_test_same', reason: 'x', idempotencyKey: 'cancel:order-2:1' })
    const kinds = await Promise.all(['order-1', 'order-2', 'order-3'].map(id => psp.toss.lookUp(id)))
    expect(kinds.map(found => found.kind)).to.deep.equal(['approved', 'canceled', 'approved'])
  })

  it('tells a webhook of every payment that moved', async () => {
    const told: unknown[] = []
    let heard = () => {}
    const both = new Promise<void>(resolve => {
      heard = () => told.length === 2 && resolve()
    })
    const merchant = await serveJson(0, async ({ body }) => {
      const { eventType, data } = body as { eventType: string; data: { status: string; orderId: string } }
      told.push([eventType, data.orderId, data.status])
      heard()
      return json(200, {})
    })
    await using telling = await openPsp({ webhookUrl: `${merchant.url}/webhooks/toss` })
    await telling.toss.confirm(pay('order-1'))
    await telling.toss.confirm(pay('order-2', 'pk_test_decline'))
    await both
    await merchant.stop()
    expect(told).to.have.deep.members([
      ['PAYMENT_STATUS_CHANGED', 'order-1', 'DONE'],
      ['PAYMENT_STATUS_CHANGED', 'order-2', 'ABORTED'],
    ])
  })

  it('remembers money and answers after it was killed in the middle of a line', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'psp-'))
    const before = await openPsp({ dataDir })
    const first = await before.toss.confirm(pay('order-1'))
    await before.toss.confirm(pay('order-2'))
    await before.toss.cancel({ paymentKey: 'pk_test_order-2', reason: 'x', idempotencyKey: 'cancel:order-2:1' })
    await before[Symbol.asyncDispose]()
    await appendFile(join(dataDir, 'psp.jsonl'), '{"call":{"at":')

    const after = await openPsp({ dataDir })
    expect(await after.toss.confirm(pay('order-1'))).to.deep.equal(first)
    expect(await after.toss.lookUp('order-2')).to.include({ kind: 'canceled' })
    expect((await after.ledger('order-1')).payments.map(payment => payment.confirms)).to.deep.equal([1])
    expect((await after.ledger('order-2')).calls).to.have.length(3)
    await after[Symbol.asyncDispose]()

    await using third = await openPsp({ dataDir })
    expect((await third.ledger('order-1')).calls, 'the torn line harmed none after it').to.have.length(2)
    await rm(dataDir, { recursive: true })
  })
})
