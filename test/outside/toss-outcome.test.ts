import { expect } from 'chai'
import { classOf, isKeptAnswer } from '../../server/outside/toss-outcome.ts'

describe('the classes of Toss codes', () => {
  for (const code of [
    'REJECT_CARD_COMPANY',
    'INVALID_CARD_EXPIRATION',
    'EXCEED_MAX_DAILY_PAYMENT_COUNT',
    'EXCEED_MAX_REFUND_DUE',
    'FDS_ERROR',
  ]) {
    it(`${code} is the customer's`, () => expect(classOf(code)).to.equal('declined'))
  }
  for (const code of ['UNAUTHORIZED_KEY', 'INVALID_API_KEY', 'INCORRECT_BASIC_AUTH_FORMAT', 'INVALID_REQUEST', 'NOT_FOUND_TERMINAL_ID']) {
    it(`${code} is ours`, () => expect(classOf(code)).to.equal('misconfigured'))
  }
  for (const code of [
    'PROVIDER_ERROR',
    'ALREADY_PROCESSED_PAYMENT',
    'ALREADY_CANCELED_PAYMENT',
    'FAILED_REFUND_PROCESS',
    'A_CODE_OF_TOMORROW',
  ]) {
    it(`${code} must be looked up`, () => expect(classOf(code)).to.equal('unknown'))
  }

  it('know which answers a key keeps', () => {
    expect(isKeptAnswer('PROVIDER_ERROR')).to.equal(true)
    expect(isKeptAnswer('IDEMPOTENT_REQUEST_PROCESSING')).to.equal(false)
    expect(isKeptAnswer('FORBIDDEN_CONSECUTIVE_REQUEST')).to.equal(false)
  })
})
