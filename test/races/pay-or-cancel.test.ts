import { expect } from 'chai'
import fc from 'fast-check'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { PaymentOutcome } from '../../machines/order-types.ts'
import { CUSTOMER, unpaidOrder } from './order-starts.ts'
import { itIsRaced } from './race.ts'

const APPROVED: PaymentOutcome = { kind: 'approved', approvedAt: '2026-05-01T09:00:30Z' }
const DECLINED: PaymentOutcome = { kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '거절' }
const UNKNOWN: PaymentOutcome = { kind: 'unknown' }

describe('a customer who pays on one phone and cancels on another', () => {
  const chance = fc.record({
    /** What the provider says to the charge, and to the lookup if nobody knows. */
    confirm: fc.constantFrom(APPROVED, DECLINED, UNKNOWN),
    lookUp: fc.constantFrom(APPROVED, DECLINED),
    /** A payment takes six steps: without some thought the cancel would nearly always come first. */
    hesitation: fc.integer({ min: 0, max: 6 }),
  })

  itIsRaced('is never charged without a refund, however late the answer', unpaidOrder, chance, async (course, says) => {
    const charges = await course.work('confirmPayment', () => says.confirm)
    await course.work('lookUpPayment', () => says.lookUp)
    const refunds = await course.work('cancelPayment', () => ({ canceledAt: '2026-05-01T09:01:00Z' }))
    const pays = course.ask(CUSTOMER, { type: 'pay', paymentKey: 'pk_test_1' })
    const cancels = course.hesitate(says.hesitation).then(() => course.ask(CUSTOMER, { type: 'cancel', reason: 'changed my mind' }))
    await course.run()
    const { state, waits } = await course.expectHonest()

    const [pay, cancel] = await Promise.all([pays, cancels])
    const paid = pay.kind === 'moved'
    const outcome = says.confirm.kind === 'unknown' ? says.lookUp.kind : says.confirm.kind
    const charged = paid && outcome === 'approved'
    expect(cancel).to.deep.include({ kind: 'moved' }) // a cancel never waits for a card, nor loses to one
    if (!paid) expect(pay).to.deep.include({ kind: 'refused', code: 'ORDER_REFUSED' })
    expect(orderRegions(state)).to.deep.include({
      order: 'canceled',
      payment: charged ? 'canceled' : paid ? 'declined' : 'idle',
      refund: charged ? 'done' : 'none',
    })
    expect(waits.invokes).to.deep.equal({})
    // What was refused is looked up once more, whatever became of the order.
    expect(Object.keys(waits.timers)).to.deep.equal(paid && outcome === 'declined' ? ['verify'] : [])
    expect(course.asked('confirmPayment')).to.equal(paid ? 1 : 0)
    expect(charges.calls).to.equal(paid ? 1 : 0)
    expect(course.asked('cancelPayment')).to.equal(charged ? 1 : 0)
    expect(refunds.calls).to.equal(charged ? 1 : 0)

    const [first] = course.log.written
    const canceledIn = (await course.records()).findIndex(({ event }) => event.type === 'cancel')
    const settledIn = (await course.records()).findIndex(({ state: then }) => ['approved', 'declined'].includes(orderRegions(then).payment))
    const late = canceledIn < settledIn ? 'pay, answered after the cancel' : 'pay, answered before the cancel'
    return {
      winner: first?.record.event.type === 'cancel' ? 'cancel' : late,
      sides: ['cancel', 'pay, answered after the cancel', 'pay, answered before the cancel'],
    }
  })
})
