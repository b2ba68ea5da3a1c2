import { expect } from 'chai'
import { messageOf, NOTICES, TEMPLATES } from '../../server/consumers/messages.ts'
import { aTap } from './payments-house.ts'

const { type: _type, ...tap } = aTap()
const anOrder = { ...tap, id: 'order-1', placedAt: '2026-05-01T09:00:00.000Z', attempt: 1, payBy: '2026-05-01T09:10:00.000Z' }

describe('the messages to customers', () => {
  for (const notice of NOTICES) {
    it(`fill every gap of ${notice}, by names and lengths that Solapi takes`, () => {
      const { text, variables } = messageOf(notice, { ...anOrder, reason: '가'.repeat(5_000) })
      expect(text).to.not.match(/#\{|undefined/)
      expect(text.length).to.be.below(1_000)
      for (const [name, value] of Object.entries(variables)) {
        expect(name).to.match(/^#\{[^.}]+\}$/)
        expect(value).to.be.a('string').and.not.equal('')
        expect(TEMPLATES[notice].words).to.include(name)
      }
    })
  }

  it('have a template id each', () => {
    expect(new Set(NOTICES.map(notice => TEMPLATES[notice].templateId)).size).to.equal(NOTICES.length)
  })
})
