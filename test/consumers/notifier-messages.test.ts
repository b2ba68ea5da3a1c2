import { expect } from 'chai'
import { messageOf, NEWS, NOTICES } from '../../server/consumers/messages.ts'
import { TEMPLATES } from './notifier-templates.ts'
import { aTap } from './payments-house.ts'

const { type: _type, ...tap } = aTap()
/** An order that has all that can be told of one. */
const anOrder = {
  ...tap,
  id: 'order-1',
  placedAt: '2026-05-01T09:00:00.000Z',
  attempt: 1,
  payBy: '2026-05-01T09:10:00.000Z',
  prepMinutes: 25,
  reason: '재료 소진',
  decline: { code: 'REJECT_CARD_COMPANY', message: '카드사 거절' },
  rider: { id: 'rider-1', name: '박라이더' },
}

describe('the messages to customers', () => {
  for (const notice of NOTICES) {
    it(`fill every gap of ${notice} with a fact of the order`, () => {
      const gaps = [...NEWS[notice].words.matchAll(/#\{(\w+)\}/g)].map(([, name]) => name)
      expect([...new Set(gaps)], 'the words and the declaration name the same variables').to.have.members([...TEMPLATES[notice].variables])
      const { text, variables } = messageOf(notice, TEMPLATES[notice], anOrder)
      expect(text).to.not.match(/#\{|undefined/)
      for (const [name, value] of Object.entries(variables)) {
        expect(value, name).to.be.a('string').and.not.be.oneOf(['', '-'])
        expect(text).to.include(value)
      }
    })

    it(`fill ${notice} by names and lengths that Solapi takes, however long a reason and however little is known`, () => {
      const { prepMinutes: _minutes, rider: _rider, decline: _decline, ...little } = anOrder
      const { text, variables } = messageOf(notice, TEMPLATES[notice], { ...little, reason: '가'.repeat(5_000) })
      expect(text).to.not.match(/#\{|undefined/)
      expect(text.length).to.be.below(1_000)
      expect(Object.keys(variables)).to.have.length(TEMPLATES[notice].variables.length)
      for (const [name, value] of Object.entries(variables)) {
        expect(name).to.match(/^#\{[^.}]+\}$/)
        expect(value).to.be.a('string').and.not.equal('')
      }
    })
  }

  it('have a template id each', () => {
    expect(new Set(NOTICES.map(notice => TEMPLATES[notice].id)).size).to.equal(NOTICES.length)
  })
})
