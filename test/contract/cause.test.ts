import { expect } from 'chai'
import { causeOf } from '../../server/contract/cause.ts'

describe('the cause of a record', () => {
  it('is read from the command that led to it', () => {
    expect(causeOf('fx:order/o_81:3-0', 'confirmPayment.done')).to.deep.equal({ kind: 'effect', version: 3, name: 'confirmPayment' })
    expect(causeOf('fx:order/o_81:12-10', 'cancelPayment.error')).to.deep.equal({ kind: 'effect', version: 12, name: 'cancelPayment' })
    expect(causeOf('due:order/o_81:2-1', 'acceptWindow.elapsed')).to.deep.equal({ kind: 'timer', version: 2, name: 'acceptWindow' })
    expect(causeOf('due:order/o_81:4-1', 'order.kitchenSilent')).to.deep.equal({ kind: 'timer', version: 4, name: 'order.kitchenSilent' })
    expect(causeOf('tell:order/o_81:9-2', 'took')).to.deep.equal({ kind: 'tell', version: 9, name: 'order/o_81' })
  })

  it('is a request where nothing says otherwise, whatever a client calls its key', () => {
    for (const commandId of ['place:o_81', 'accept:0a1b', 'seen:0a1b', '', 'fx:', 'fx:order/o_81', 'xfx:order/o_81:3-0'])
      expect(causeOf(commandId, 'accept'), commandId).to.deep.equal({ kind: 'request' })
  })
})
