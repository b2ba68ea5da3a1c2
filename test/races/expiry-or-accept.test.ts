import { expect } from 'chai'
import fc from 'fast-check'
import { orderRegions } from '../../actors/kinds/order.ts'
import { ACCEPT_MS, placedOrder, STORE } from './order-starts.ts'
import { itIsRaced } from './race.ts'

describe('a store that accepts at the last moment', () => {
  itIsRaced('is in time, or too late, and the order is refunded once', placedOrder, fc.constant(undefined), async course => {
    await course.bringTimers()
    const refunds = await course.work('cancelPayment', () => ({ canceledAt: '2026-05-01T09:11:00Z' }))
    const passes = course.pass(ACCEPT_MS)
    const accepts = course.ask(STORE, { type: 'accept', prepMinutes: 20 })
    await course.run()
    const { state, waits } = await course.expectHonest()

    const [accept] = await Promise.all([accepts, passes])
    const accepted = accept.kind === 'moved'
    const due = course.wire.answers.find(({ command }) => command.answers?.wait === 'timer')?.reply
    if (accepted && due) expect(due).to.deep.include({ kind: 'refused', code: 'STALE' })
    if (!accepted) expect(due).to.deep.include({ kind: 'moved' })
    if (!accepted) expect(accept).to.deep.include({ kind: 'refused', code: 'ORDER_REFUSED' })
    expect(orderRegions(state)).to.deep.include(
      accepted ? { order: 'accepted', payment: 'approved', refund: 'none' } : { order: 'expired', payment: 'canceled', refund: 'done' },
    )
    expect(waits.invokes).to.deep.equal({})
    expect(Object.keys(waits.timers)).to.deep.equal(accepted ? ['kitchen'] : [])
    expect(course.asked('cancelPayment')).to.equal(accepted ? 0 : 1)
    expect(refunds.calls).to.equal(accepted ? 0 : 1)

    const won = due ? 'accept before the timer arrived' : 'accept before it was due'
    return {
      winner: accepted ? won : 'expiry',
      sides: ['accept before it was due', 'accept before the timer arrived', 'expiry'],
    }
  })
})
