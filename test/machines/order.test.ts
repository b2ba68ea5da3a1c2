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

  it('waits for its turn when the house is busy, and hears in the end', () => {
    const waiting = OrderStory.placed({ paymentKey: 'pk_test_1', waits: true }).expect('paymentWaiting', 'confirming', 'none')
    expect(waiting.context).to.include({ waitBy: later(9 * MINUTE) })
    expect(waiting.context).to.not.have.property('waits')
    expect(waiting.effects.flatMap(effect => (effect.kind === 'timer' ? [effect.delayMs] : []))).to.include(9 * MINUTE)
    waiting.after(DONE.approved).expect('placed', 'approved', 'none')
    waiting.after(DONE.declined).expect('paymentFailed', 'declined', 'none')
    const expired = waiting.after(DONE.ticketWindow).expect('expired', 'confirming', 'none')
    expect(expired.context.reason).to.equal('TICKET_EXPIRED')
    expired.after(DONE.approved).expect('expired', 'approved', 'pending')
    OrderStory.placed({ paymentKey: 'pk_test_1' }).after({ type: 'wait' }).expect('paymentWaiting', 'confirming', 'none')
    OrderStory.placed().when({ type: 'wait' }).expectRefused()
  })

  it('tells the worker when an earlier call may still be on its way', () => {
    const again = OrderStory.placed({ paymentKey: 'pk_test_1' }).after(DONE.unknown, DONE.foundAbsent)
    const input = again.effects.flatMap(effect => (effect.kind === 'invoke' ? [effect.input] : []))
    expect(input).to.deep.equal([{ orderId: 'o_1', paymentKey: 'pk_test_1', amount: 18_000, attempt: 1, unsure: true }])
    const other = again.after(DONE.declined, { type: 'pay', paymentKey: 'pk_test_2' })
    expect(other.effects.flatMap(effect => (effect.kind === 'invoke' ? [effect.input] : []))).to.deep.equal([
      { orderId: 'o_1', paymentKey: 'pk_test_2', amount: 18_000, attempt: 2 },
    ])
  })

  it('is looked up once more after a decline, and a charge that is found is given back', () => {
    const declined = OrderStory.placed({ paymentKey: 'pk_test_1' }).after(DONE.declined)
    expect(declined.effects.flatMap(effect => (effect.kind === 'timer' && effect.id === 'verify' ? [effect.delayMs] : []))).to.deep.equal([
      15 * MINUTE,
    ])
    const verifying = declined.after(DONE.verifyTime).expect('paymentFailed', 'verifying', 'none')
    expect(verifying.invoked()).to.deep.equal(['lookUpPayment'])
    verifying.after(DONE.verifiedAbsent).expect('paymentFailed', 'declined', 'none').when(DONE.verifiedAbsent).expectRefused()
    const late = verifying.after(DONE.verifiedApproved).expect('expired', 'approved', 'pending')
    expect(late.context.reason).to.equal('CHARGED_LATE')
  })

  it('takes a hint of the provider as a question, one a minute', () => {
    const checking = OrderStory.placed({ paymentKey: 'pk_test_1' }).after(DONE.unknown)
    const hinted = checking.after({ type: 'hint', at: later(MINUTE) }).expect('paying', 'checking', 'none')
    expect(hinted.invoked()).to.deep.equal(['lookUpPayment'])
    hinted.when({ type: 'hint', at: later(MINUTE + 59_999) }).expectRefused()
    hinted.after({ type: 'hint', at: later(2 * MINUTE) })
    paid().when({ type: 'hint' }).expectRefused()
    OrderStory.placed({ paymentKey: 'pk_test_1' }).after(DONE.declined, { type: 'hint' }).expect('paymentFailed', 'verifying', 'none')
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
    expect(accepted.effects).to.deep.include({ kind: 'cancel', id: DONE.acceptWindow.type })
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
    expect(cooked().said()).to.deep.equal(['delivery open'])
    expect(cooked().after(pick).said()).to.deep.equal(['delivery picked', 'took to rider/rider-1'])
  })

  it('calls the store again and again until a human has seen it, louder each time', () => {
    const said: string[] = []
    let story = paid()
    expect(story.effects.flatMap(effect => (effect.kind === 'timer' ? [effect.delayMs] : []))).to.include(30_000)
    for (let calls = 1; calls <= 7; calls++) {
      story = story.after(DONE.alertEvery)
      said.push(...story.said())
      expect(story.context.alerts).to.equal(calls)
    }
    expect(said.map(word => word.slice('alert '.length))).to.deep.equal(['tablet', 'tablet', 'webPush', 'webPush', 'webPush', 'ops', 'ops'])
    const seen = story.after({ type: 'seen', at: later(4 * MINUTE) })
    expect([seen.regions.alert, seen.context.seenAt]).to.deep.equal(['calm', later(4 * MINUTE)])
    seen.when(DONE.alertEvery).expectRefused()
    seen.when({ type: 'seen' }).expectRefused()
  })

  it('stops calling once it is answered, whatever the answer', () => {
    for (const answer of [accept, { type: 'reject', reason: '재료 소진' }, cancel, DONE.acceptWindow, { type: 'abort', reason: '사고' }])
      expect(paid().after(answer).regions.alert, answer.type).to.equal('calm')
  })

  it('calls nobody to an order that was canceled before its money came', () => {
    const late = OrderStory.placed({ paymentKey: 'pk_test_1' }).after(cancel, DONE.approved)
    expect(late.regions).to.deep.include({ order: 'canceled', refund: 'pending', alert: 'quiet' })
  })

  it('ends with a refund when the kitchen, the riders or the one rider are silent for too long', () => {
    const ends = [
      [paid().after(accept), DONE.kitchenSilent, 'KITCHEN_SILENT', []],
      [paid().after(accept, startCooking), DONE.kitchenSilent, 'KITCHEN_SILENT', []],
      [cooked(), DONE.riderWindow, 'NO_RIDER', ['delivery canceled']],
      [cooked().after({ ...pick, type: 'claim' }), DONE.riderWindow, 'NO_RIDER', ['delivery canceled', 'letGo to rider/rider-1']],
      [cooked().after(pick), DONE.deliverWindow, 'NOT_DELIVERED', ['letGo to rider/rider-1']],
    ] as const
    for (const [story, silence, reason, said] of ends) {
      const ended = story.after(silence).expect('expired', 'approved', 'pending')
      expect([ended.context.reason, ended.said(), ended.regions.claim]).to.deep.equal([reason, said, 'none'])
      ended.after(DONE.refunded).expect('expired', 'canceled', 'done')
    }
    cooked().when(DONE.kitchenSilent).expectRefused()
  })

  it('has one clock for the kitchen, from the acceptance to the end of cooking', () => {
    const clocks = (story: OrderStory) => story.effects.filter(effect => 'id' in effect && effect.id === 'kitchen').map(({ kind }) => kind)
    expect(clocks(paid().after(accept))).to.deep.equal(['timer'])
    expect(clocks(paid().after(accept, startCooking))).to.deep.equal([])
    expect(clocks(cooked())).to.deep.equal(['cancel'])
    expect(clocks(paid().after(accept, cancel))).to.deep.equal(['cancel'])
  })

  it('may be claimed before it is picked up: then it is off the board, and the first claim wins', () => {
    const claimed = cooked()
      .after({ ...pick, type: 'claim', at: later(MINUTE) })
      .expect('cooked', 'approved', 'none')
    expect([claimed.regions.claim, claimed.context.rider?.id, claimed.context.claimedAt]).to.deep.equal(['held', 'rider-1', later(MINUTE)])
    expect(claimed.said()).to.deep.equal(['delivery picked', 'took to rider/rider-1'])
    claimed.when({ type: 'claim', by: 'rider-2' }).expectRefused()
    claimed.when({ type: 'pick', by: 'rider-2' }).expectRefused()
    expect(claimed.after({ ...pick, type: 'claim' }).said()).to.deep.equal([])
    const picked = claimed.after(pick).expect('picked', 'approved', 'none')
    expect([picked.regions.claim, picked.context.rider]).to.deep.equal(['none', { id: 'rider-1', name: '이라이더' }])
  })

  it('claimed and never picked up goes back on the board', () => {
    for (const end of [
      { ...DONE.claimWindow, at: later(9 * MINUTE) },
      { type: 'release', by: 'rider-1', at: later(9 * MINUTE) },
    ]) {
      const claimed = cooked().after({ ...pick, type: 'claim' })
      claimed.when({ type: 'release', by: 'rider-2' }).expectRefused()
      const back = claimed.after(end).expect('cooked', 'approved', 'none')
      expect(back.said()).to.deep.equal(['letGo to rider/rider-1', 'delivery open'])
      expect([back.regions.claim, back.context.rider, back.context.openedAt]).to.deep.equal(['none', undefined, later(9 * MINUTE)])
      back.after({ type: 'claim', by: 'rider-2' }).after({ type: 'pick', by: 'rider-2' }).expect('picked', 'approved', 'none')
    }
  })

  it('can be claimed only while it waits cooked', () => {
    for (const story of [paid(), paid().after(accept, startCooking), cooked().after(pick)])
      story.when({ type: 'claim', by: 'rider-2' }).expectRefused()
  })

  it('can be aborted by operators until it is delivered, and is refunded then', () => {
    const stories = [paid(), paid().after(accept), paid().after(accept, startCooking), cooked(), cooked().after(pick)]
    for (const story of stories) {
      const aborted = story.after({ type: 'abort', reason: '매장 화재' }).expect('canceled', 'approved', 'pending')
      expect(aborted.context.reason).to.equal('매장 화재')
    }
    cooked().after(pick, deliver).when({ type: 'abort', reason: '?' }).expectRefused()
  })

  it('tells the rider when he is free again, and the customer’s account that it is complete', () => {
    expect(cooked().after(pick, deliver).said()).to.deep.equal(['letGo to rider/rider-1'])
    expect(cooked().after(pick, deliver, { type: 'confirm' }).said()).to.deep.equal(['orderCompleted to customer/customer-1'])
    expect(cooked().after(pick, deliver, DONE.confirmWindow).said()).to.deep.equal(['orderCompleted to customer/customer-1'])
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
