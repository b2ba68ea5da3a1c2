import { expect } from 'chai'
import { register } from 'prom-client'
import { until } from '../harness/house.ts'
import { NotifierHouse } from './notifier-house.ts'

const QUICK = { noSmsLagMs: 60_000, newestOnlyLagMs: 300_000, slowMs: 500, worseMs: 60_000, resumeMs: 100 }

describe('the notifier under load', () => {
  let house: NotifierHouse
  beforeEach(async () => {
    house = await NotifierHouse.open()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  /** What the channel's records say, oldest first. */
  const recorded = async () =>
    (await house.orders.log.history({ kind: 'channel', id: 'alimtalk' }))
      .filter(({ body }) => body.event.type === 'setMode')
      .map(({ body }) => ({ mode: body.state.value, reason: String(body.state.context.reason) }))
  const modes = async () => (await recorded()).map(({ mode }) => mode)
  const isSmsOff = async () => (await house.taken()).map(({ kakaoOptions }) => kakaoOptions.disableSms)
  const gauge = async () => (await register.getSingleMetric('notifications_mode')?.get())?.values[0]?.value

  it('leaves out SMS when it is behind, resumes by itself, and has both recorded with their reasons', async () => {
    house.aheadMs = 90_000
    await house.notify({ limits: QUICK })
    await house.placed('order-1')
    await house.said.until('customer told')
    expect(await isSmsOff()).to.deep.equal([true])
    await until('the suspension is recorded', async () => (await modes()).includes('noSms'))
    expect(await gauge()).to.equal(1)
    house.aheadMs = 101_000 // eleven seconds later nothing is behind any more
    await until('it resumes though nothing comes', async () => (await modes()).at(-1) === 'all')
    expect(await gauge()).to.equal(0)
    const [suspended, resumed] = await recorded()
    expect(suspended?.reason).to.match(/^9\d\.\d s behind$/)
    expect(resumed?.reason).to.match(/^well for/)
    house.aheadMs = 0
    await house.orders.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    await house.said.until('customer told', 2)
    expect(await isSmsOff()).to.deep.equal([true, false])
  })

  it('tells where the order is, not where it was, when it is far behind', async () => {
    house.aheadMs = 6 * 60_000
    await house.placed('order-1')
    await house.orders.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    await house.orders.tell('order-1', { type: 'startCooking' }, 'store')
    await house.notify()
    await house.said.until('customer told')
    expect(await house.told()).to.deep.equal(['cooking'])
  })

  it('tells how every order ended, however far behind it is', async () => {
    house.aheadMs = 20 * 60_000
    await house.placed('order-1')
    await house.delivered('order-1')
    await house.orders.tell('order-1', { type: 'confirm' })
    await house.placed('order-2')
    await house.orders.tell('order-2', { type: 'cancel', reason: '변심' })
    await house.answer('order-2', { canceledAt: new Date().toISOString() }, 'cancelPayment')
    await house.notify()
    await house.said.until('customer told', 3)
    const ends = (await house.taken()).map(({ customFields }) => `${customFields.orderId} ${customFields.status}`)
    expect(ends).to.have.members(['order-1 delivered', 'order-2 canceled', 'order-2 refunded'])
  })

  it('leaves out SMS when the provider is slow, and sends them again when it is well', async () => {
    await house.faults({ latencyMs: 600 })
    await house.notify({ limits: QUICK })
    for (let i = 0; i < 12; i++) await house.placed(`order-${i}`)
    await house.said.until('customer told', 12)
    await until('the suspension is recorded', async () => (await modes())[0] === 'noSms')
    expect((await recorded())[0]?.reason).to.match(/^the provider takes 0\.\d s$/)
    await house.placed('order-a')
    await house.said.until('customer told', 13)
    expect((await isSmsOff()).at(-1)).to.equal(true)
    await house.faults({})
    for (let i = 0; i < 20; i++) await house.placed(`order-b${i}`)
    await until('it resumes', async () => (await modes()).at(-1) === 'all')
  })

  it('goes on where it left off when it is started again', async () => {
    house.aheadMs = 90_000
    const first = await house.notify()
    await house.placed('order-1')
    await house.said.until('customer told')
    await until('the suspension is recorded', async () => (await modes()).includes('noSms'))
    await first.stop()
    house.aheadMs = 0
    await house.notify()
    await house.placed('order-2')
    await house.said.until('customer told', 2)
    expect(await isSmsOff()).to.deep.equal([true, true])
  })
})
