import { expect } from 'chai'
import { DONE, later, OrderStory } from './order-stories.ts'

const MINUTE = 60_000
const accept = { type: 'accept', prepMinutes: 20 }
const startCooking = { type: 'startCooking' }
const finishCooking = { type: 'finishCooking' }
const pick = { type: 'pick', by: 'rider-1', riderName: '이라이더' }
const deliver = { type: 'deliver', by: 'rider-1' }
const cancel = { type: 'cancel', reason: '마음이 바뀌었어요' }

const paid = () => OrderStory.placed({ paymentKey: 'pk_test_1' }).after(DONE.approved)
const cooked = () => paid().after(accept, startCooking, finishCooking)

describe('an order', () => {
  it('goes from the tap to the confirmed delivery', () => {
    const story = cooked().after(pick, deliver, { type: 'confirm' }).expect('confirmed', 'approved', 'none')
    expect(story.context.rider).to.deep.equal({ id: 'rider-1', name: '이라이더' })
  })

  it('asks for the payment at once when the tap brings a key, with the amount the catalogue gave', () => {
    const story = OrderStory.placed({ paymentKey: 'pk_test_1' }).expect('paying', 'confirming', 'none')
    expect(story.effects).to.deep.include({
      kind: 'invoke',
      id: 'confirmPayment',
      src: 'confirmPayment',
      input: { orderId: 'o_1', paymentKey: 'pk_test_1', amount: 18_000, attempt: 1 },
    })
  })

  it('waits for a key without one, and expires when none comes in time', () => {
    OrderStory.placed().expect('paying', 'idle', 'none').after(DONE.payWindow).expect('expired', 'idle', 'none')
  })

  it('does not expire while a payment is under way', () => {
    OrderStory.placed().after({ type: 'pay', paymentKey: 'pk_test_2' }).when(DONE.payWindow).expectRefused()
  })

  it('lets a customer try again after a decline, as a new attempt, until the time to pay is over', () => {
    const declined = OrderStory.placed({ paymentKey: 'pk_test_decline' }).after(DONE.declined).expect('paymentFailed', 'declined', 'none')
    expect(declined.context.decline?.code).to.equal('REJECT_CARD_COMPANY')
    const again = declined.after({ type: 'pay', paymentKey: 'pk_test_2' }).expect('paying', 'confirming', 'none')
    expect(again.context.attempt).to.equal(2)
    again.after(DONE.approved).expect('placed', 'approved', 'none')
    declined.when({ type: 'pay', paymentKey: 'pk_test_3', at: later(10 * MINUTE) }).expectRefused()
  })

  it('looks an unknown payment up, and never guesses', () => {
    const unknown = OrderStory.placed({ paymentKey: 'pk_test_timeout' }).after(DONE.unknown).expect('paying', 'checking', 'none')
    expect(unknown.invoked()).to.deep.equal(['lookUpPayment'])
    unknown.after(DONE.foundApproved).expect('placed', 'approved', 'none')
  })

  it('asks again under the same attempt when the provider holds no charge', () => {
    const again = OrderStory.placed({ paymentKey: 'pk_test_1' })
      .after(DONE.unknown, DONE.foundAbsent)
      .expect('paying', 'confirming', 'none')
    expect(again.context.attempt).to.equal(1)
  })

  it('says when it will be ready once the store accepts', () => {
    const accepted = paid()
      .after({ ...accept, at: later(2 * MINUTE) })
      .expect('accepted', 'approved', 'none')
    expect(accepted.context.prepReadyAt).to.equal(later(22 * MINUTE))
  })

  it('rejected by the store is refunded once', () => {
    const rejected = paid().after({ type: 'reject', reason: '재료 소진' }).expect('rejected', 'approved', 'pending')
    expect(rejected.invoked()).to.deep.equal(['cancelPayment'])
    rejected.after(DONE.refunded).expect('rejected', 'canceled', 'done').when(DONE.refunded).expectRefused()
  })

  it('asks again for a refund or a look-up whose worker broke: money is never left in the air', () => {
    const owed = paid().after({ type: 'reject', reason: '재료 소진' }, DONE.refundFailed).expect('rejected', 'approved', 'pending')
    expect(owed.invoked()).to.deep.equal(['cancelPayment'])
    const unknown = OrderStory.placed({ paymentKey: 'pk_test_1' })
      .after(DONE.unknown, DONE.lookUpFailed)
      .expect('paying', 'checking', 'none')
    expect(unknown.invoked()).to.deep.equal(['lookUpPayment'])
  })

  it('unanswered by the store ends by itself and is refunded', () => {
    paid().after(DONE.acceptWindow).expect('expired', 'approved', 'pending').after(DONE.refunded).expect('expired', 'canceled', 'done')
  })

  it('answered in time no longer expires', () => {
    const accepted = paid().after(accept)
    expect(accepted.effects).to.deep.equal([{ kind: 'cancel', id: DONE.acceptWindow.type }])
    accepted.when(DONE.acceptWindow).expectRefused()
  })

  it('can be canceled until cooking starts, and not after', () => {
    for (const story of [paid(), paid().after(accept)]) story.after(cancel).expect('canceled', 'approved', 'pending')
    for (const story of [paid().after(accept, startCooking), cooked(), cooked().after(pick)]) story.when(cancel).expectRefused()
  })

  it('canceled before anything was paid owes nothing', () => {
    OrderStory.placed().after(cancel).expect('canceled', 'idle', 'none')
  })

  it('canceled while the card is being charged is refunded when the charge turns out to have gone through', () => {
    const canceled = OrderStory.placed({ paymentKey: 'pk_test_1' }).after(cancel).expect('canceled', 'confirming', 'none')
    canceled.after(DONE.approved).expect('canceled', 'approved', 'pending').after(DONE.refunded).expect('canceled', 'canceled', 'done')
    canceled.after(DONE.declined).expect('canceled', 'declined', 'none').when({ type: 'pay', paymentKey: 'pk_test_2' }).expectRefused()
  })

  it('is announced to riders when cooked and withdrawn when picked', () => {
    const board = (story: OrderStory) => story.effects.flatMap(effect => (effect.kind === 'emit' ? [effect.event.open] : []))
    expect(board(cooked())).to.deep.equal([true])
    expect(board(cooked().after(pick))).to.deep.equal([false])
  })

  it('belongs to the first rider who claims it', () => {
    const picked = cooked().after(pick)
    picked.when({ ...pick, by: 'rider-2' }).expectRefused()
    picked.when({ ...deliver, by: 'rider-2' }).expectRefused()
    picked.after(deliver).expect('delivered', 'approved', 'none')
  })

  it('counts as confirmed when the customer says nothing', () => {
    cooked().after(pick, deliver, DONE.confirmWindow).expect('confirmed', 'approved', 'none')
  })

  it('skips no step', () => {
    paid().when(startCooking).expectRefused()
    paid().after(accept).when(finishCooking).expectRefused()
    paid().after(accept, startCooking).when(pick).expectRefused()
    cooked().when(deliver).expectRefused()
  })
})
