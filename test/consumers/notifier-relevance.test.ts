import { expect } from 'chai'
import type { ActorRecord } from '../../actors/record.ts'
import type { Notice } from '../../server/consumers/messages.ts'
import { ENDS, phoneOf, type Question, Relevance } from '../../server/consumers/notifier-relevance.ts'
import { NotifierHouse } from './notifier-house.ts'

describe('what a customer should hear of', () => {
  let house: NotifierHouse
  beforeEach(async () => {
    house = await NotifierHouse.open()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  /** The record that brought the order into this status. */
  const recordOf = async (notice: Notice): Promise<ActorRecord> => {
    const records = await house.orders.log.history({ kind: 'order', id: 'order-1' })
    const found = records.find(({ body }) => (body.state.value as { order: string }).order === notice)
    if (!found) throw new Error(`order-1 was never ${notice}`)
    return found.body
  }
  const asked = async (notice: Notice, changes: Partial<Question> = {}) => {
    const relevance = new Relevance({ log: house.orders.log, book: house.book })
    const question: Question = { record: await recordOf(notice), notice, ageMs: 1_000, mode: 'all', waited: false, ...changes }
    return (await relevance.of(question)).kind
  }
  const hears = async (about: Notice) => {
    const { version } = await recordOf(about)
    const message = {
      orderId: 'order-1',
      about,
      channel: 'alimtalk' as const,
      to: 'customer/customer-1',
      at: '',
      status: 'sent' as const,
      version,
    }
    await house.book.claim(message, message)
  }

  it('is every step, though the order has gone on, while nothing is suspended', async () => {
    await house.placed('order-1')
    await house.delivered('order-1')
    for (const notice of ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'] as const) {
      expect(await asked(notice), notice).to.equal('now')
      expect(await asked(notice, { waited: true }), `${notice}, after a wait`).to.equal('now')
    }
  })

  it('is no step before one that was heard of, when it had to wait', async () => {
    await house.placed('order-1')
    await house.delivered('order-1')
    await hears('cooking')
    expect(await asked('accepted', { waited: true })).to.equal('none')
    expect(await asked('cooked', { waited: true })).to.equal('now')
    expect(await asked('delivered', { waited: true })).to.equal('now')
  })

  it('is the newest status only, once the order rests in it, while intermediate ones are suspended', async () => {
    await house.placed('order-1')
    await house.orders.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    expect(await asked('placed', { mode: 'newestOnly', ageMs: 60_000 })).to.equal('none')
    expect(await asked('accepted', { mode: 'newestOnly', ageMs: 5_000 })).to.equal('later')
    expect(await asked('accepted', { mode: 'newestOnly', ageMs: 60_000 })).to.equal('now')
    expect(await asked('placed', { mode: 'noSms', ageMs: 60_000 })).to.equal('now')
  })

  it('is how it ended, in every mode, at once, whatever was heard of', async () => {
    await house.placed('order-1')
    await house.delivered('order-1')
    await house.orders.tell('order-1', { type: 'confirm' })
    await hears('delivered')
    for (const mode of ['all', 'noSms', 'newestOnly'] as const)
      expect(await asked('delivered', { mode, waited: true }), mode).to.equal('now')
    expect(ENDS).to.have.members(['delivered', 'canceled', 'rejected', 'expired', 'paymentFailed', 'refunded'])
  })

  it('is no failed payment of an order that was paid after all', async () => {
    await house.declined('order-1')
    expect(await asked('paymentFailed', { mode: 'newestOnly', waited: true })).to.equal('now')
    await house.orders.tell('order-1', { type: 'pay', paymentKey: 'pk_test_2' })
    await house.answer('order-1', { kind: 'approved', approvedAt: new Date().toISOString() })
    expect(await asked('paymentFailed', { waited: true })).to.equal('none')
    expect(await asked('paymentFailed', { mode: 'newestOnly' })).to.equal('none')
    expect(await asked('paymentFailed')).to.equal('now')
  })

  it('is nothing for who does not want it', async () => {
    const address = { kind: 'customer', id: 'customer-1' }
    await house.placed('order-1')
    await house.ask({ commandId: 'r', address, event: { type: 'register', name: '김하나', phone: '01000000001' } })
    expect(await asked('placed')).to.equal('now')
    await house.ask({ commandId: 'w', address, event: { type: 'setMessages', kakao: false } })
    expect(await asked('placed')).to.equal('none')
  })

  it('goes to a number in whatever way it was written, and to none that is no number', () => {
    for (const phone of ['010-1234-5678', '+82 10-1234-5678', '01012345678', '+82 (0)10 1234 5678'])
      expect(phoneOf(phone), phone).to.equal('01012345678')
    for (const phone of [undefined, '', '12', 'call me', '+1 555 0100']) expect(phoneOf(phone), String(phone)).to.equal(undefined)
  })
})
