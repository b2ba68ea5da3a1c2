import { expect } from 'chai'
import fc from 'fast-check'
import { orderRegions } from '../../actors/kinds/order.ts'
import { acceptedOrder, CUSTOMER, STORE } from './order-starts.ts'
import { itIsRaced } from './race.ts'

describe('a customer who cancels while the store starts cooking', () => {
  itIsRaced('gets the money back once, or the meal', acceptedOrder, fc.constant(undefined), async course => {
    const refunds = await course.work('cancelPayment', () => ({ canceledAt: '2026-05-01T09:01:00Z' }))
    const cancels = course.ask(CUSTOMER, { type: 'cancel', reason: 'changed my mind' })
    const cooks = course.ask(STORE, { type: 'startCooking' })
    await course.run()
    const { state } = await course.expectHonest()

    const [cancel, cook] = await Promise.all([cancels, cooks])
    const canceled = cancel.kind === 'moved'
    expect(canceled ? cook : cancel).to.deep.include({ kind: 'refused', code: 'ORDER_REFUSED' })
    expect(canceled ? cancel : cook).to.deep.include({ kind: 'moved' })
    expect(orderRegions(state)).to.deep.include(
      canceled ? { order: 'canceled', payment: 'canceled', refund: 'done' } : { order: 'cooking', payment: 'approved', refund: 'none' },
    )
    expect(course.asked('cancelPayment')).to.equal(canceled ? 1 : 0)
    expect(refunds.calls).to.equal(canceled ? 1 : 0)
    return { winner: canceled ? 'cancel' : 'startCooking', sides: ['cancel', 'startCooking'] }
  })
})
