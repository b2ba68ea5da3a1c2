import { expect } from 'chai'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Clock } from '../../actors/clock.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { startPayments } from '../../server/consumers/payments.ts'
import { Reconciler } from '../../server/consumers/reconciler.ts'
import { ProviderCalls } from '../../server/metrics/provider-calls.ts'
import { type OpenPsp, openPsp, pay } from '../outside/psp-caller.ts'
import { aTap, OrderHouse } from './payments-house.ts'

const EVERY_MS = 60_000

describe('the sweep over what the provider has booked', () => {
  let psp: OpenPsp
  let house: OrderHouse
  let errors: string[]
  /** Time passes between the sweeps; to the one who sweeps, what the provider has just booked is a minute old. */
  let laterMs: number
  const clock: Clock = { now: () => Date.now() + laterMs, after: () => ({ cancel: () => undefined }) }
  const bucket = () => new MemoryBucket<string>(clock, 86_400_000)
  const reconciler = (shared = bucket()) => {
    const logger = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) })
    return new Reconciler({ toss: psp.toss, log: house.log, router: house.router, bucket: shared, clock, logger, everyMs: EVERY_MS })
  }

  beforeEach(async () => {
    laterMs = 0
    errors = []
    psp = await openPsp({ timeoutMs: 500, now: () => clock.now() - 60_000 })
    house = await OrderHouse.open()
    await house.run(
      startPayments({
        log: house.log,
        router: house.router,
        toss: psp.toss,
        now: () => Date.now(),
        random: () => 0,
        logger: pino({ level: 'silent' }),
        gates: house.gates,
        metrics: new ProviderCalls(new Registry()),
      }),
    )
  })
  afterEach(async () => {
    await house[Symbol.asyncDispose]()
    await psp[Symbol.asyncDispose]()
  })

  it('agrees with what was paid and what was given back', async () => {
    await house.place('order-1')
    await house.place('order-2')
    await house.until('order-1', ({ order }) => order === 'placed')
    await house.until('order-2', ({ order }) => order === 'placed')
    await house.tell('order-2', { type: 'cancel', reason: '변심' })
    await house.until('order-2', ({ refund }) => refund === 'done')
    expect(await reconciler().sweep()).to.deep.equal(['agreed', 'agreed', 'agreed'])
    expect(errors).to.deep.equal([])
  })

  it('has an order look that was told of a decline and was charged all the same, and the money is given back', async () => {
    await psp.faults({ errorRate: 1, errorCode: 'REJECT_CARD_COMPANY', on: ['confirm'] })
    await house.place('order-1')
    await house.until('order-1', ({ order }) => order === 'paymentFailed')
    await psp.faults({})
    await psp.toss.confirm(pay('order-1', 'pk_test_order-1', 'somebody else'))
    expect(await reconciler().sweep()).to.deep.equal(['doubt'])
    await house.until('order-1', ({ order, refund }) => order === 'expired' && refund === 'done')
    const { payments } = await psp.ledger('order-1')
    expect(payments.map(({ status, confirms, balanceAmount }) => [status, confirms, balanceAmount])).to.deep.equal([['CANCELED', 1, 0]])
  })

  it('says what no order can repair: money of nobody’s order, another amount, a charge that nobody asked for, a refund by hand', async () => {
    await psp.toss.confirm(pay('order-1'))
    await house.place('order-2')
    await house.until('order-2', ({ order }) => order === 'placed')
    await psp.toss.cancel({ paymentKey: 'pk_test_order-2', reason: '손으로', idempotencyKey: 'by hand' })
    await house.tell('order-3', { ...aTap() })
    await psp.toss.confirm(pay('order-3'))
    await house.tell('order-4', { ...aTap({ total: 15_000 }) })
    await psp.toss.confirm(pay('order-4'))
    const found = (await reconciler().sweep()) ?? []
    expect([...found].sort()).to.deep.equal(['agreed', 'givenBackElsewhere', 'nobodysOrder', 'otherAmount', 'unasked'])
    const told = errors.map(line => JSON.parse(line) as { readonly orderId: string; readonly finding: string })
    expect(told.map(({ orderId, finding }) => `${orderId} ${finding}`).sort()).to.deep.equal([
      'order-1 nobodysOrder',
      'order-2 givenBackElsewhere',
      'order-3 unasked',
      'order-4 otherAmount',
    ])
  })

  it('is one worker’s turn, goes on where it came to, and skips nothing while the provider is away', async () => {
    const shared = bucket()
    const [one, other] = [reconciler(shared), reconciler(shared)]
    await house.place('order-1')
    await house.until('order-1', ({ order }) => order === 'placed')
    expect((await Promise.all([one.sweep(), other.sweep()])).filter(found => found !== undefined)).to.deep.equal([['agreed']])
    laterMs += 2 * EVERY_MS
    expect(await other.sweep(), 'nothing new').to.deep.equal([])
    laterMs += EVERY_MS
    await house.place('order-2')
    await house.until('order-2', ({ order }) => order === 'placed')
    await psp.faults({ errorRate: 1, on: ['lookup'] })
    expect(await one.sweep()).to.equal(undefined)
    await psp.faults({})
    laterMs += EVERY_MS
    expect(await other.sweep()).to.deep.equal(['agreed'])
  })
})
