import { expect } from 'chai'
import fc from 'fast-check'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import { cookedOrder, rider } from './order-starts.ts'
import { itIsRaced } from './race.ts'

describe('riders who claim the same delivery', () => {
  /** How often each of 2…5 riders taps: twice is the same claim again, perhaps on the other host. */
  const taps = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 5 })

  itIsRaced('one gets it, and the others are told that it is taken', cookedOrder, taps, async (course, riders) => {
    const claims = riders.flatMap((tapped, i) => Array.from({ length: tapped }, () => course.ask(rider(i + 1), { type: 'pick' })))
    await course.run()
    const last = await course.expectHonest()
    await Promise.all(claims)

    const winner = orderContext(last.state).rider?.id
    expect(orderRegions(last.state)).to.deep.include({ order: 'picked', payment: 'approved', refund: 'none' })
    expect(course.log.written.map(({ record }) => record.event.type)).to.deep.equal(['pick'])
    for (const { command, reply } of course.wire.answers) {
      if (command.by.id === winner) expect(reply).to.deep.include({ kind: 'moved', version: last.version })
      else expect(reply).to.deep.include({ kind: 'refused', code: 'ALREADY_PICKED', version: last.version })
    }
    return { winner: winner ?? 'nobody', sides: riders.map((_, i) => rider(i + 1).id) }
  })
})
