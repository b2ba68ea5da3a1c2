import { expect } from 'chai'
import { eventName } from '../../actors/event-name.ts'

describe('an event’s name for people', () => {
  for (const [type, name] of [
    ['xstate.done.actor.confirmPayment', 'confirmPayment.done'],
    ['xstate.error.actor.lookUpPayment', 'lookUpPayment.error'],
    ['xstate.after.acceptWindow.order.order.placed', 'acceptWindow.elapsed'],
    ['xstate.after.1000.order.order.placed', '1000.elapsed'],
    ['startCooking', 'startCooking'],
    ['xstate.init', 'xstate.init'],
    ['', ''],
  ] as const) {
    it(`says ${JSON.stringify(name)} for ${JSON.stringify(type)}`, () => {
      expect(eventName(type)).to.equal(name)
    })
  }
})
