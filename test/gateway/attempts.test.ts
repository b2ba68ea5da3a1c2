import { expect } from 'chai'
import { ApiError } from '../../server/contract/errors.ts'
import { Attempts } from '../../server/gateway/attempts.ts'

const LOGIN = 'customer/mina'
const HOME = '203.0.113.7'

describe('wrong passwords', () => {
  const openAttempts = () => {
    const clock = { ms: 0 }
    const attempts = new Attempts(() => clock.ms)
    const refused = (login: string, address: string): boolean => {
      try {
        attempts.check(login, address)
        return false
      } catch (error) {
        expect(error).to.be.instanceOf(ApiError).with.property('code', 'TOO_MANY_REQUESTS')
        return true
      }
    }
    /** Tries until it is refused. @returns how often it could */
    const guess = (login: string, address: string, most = 1_000): number => {
      for (let tries = 0; tries < most; tries++) {
        if (refused(login, address)) return tries
        attempts.failed(login, address)
      }
      return most
    }
    return { clock, attempts, refused, guess }
  }

  it('are slow from one address to one login, and forgotten after a minute', () => {
    const { clock, guess } = openAttempts()
    expect(guess(LOGIN, HOME)).to.equal(10)
    clock.ms = 60_001
    expect(guess(LOGIN, HOME)).to.equal(10)
  })

  it('from a thousand addresses are slow, too, and do not lock out who has signed in from his own before', () => {
    const { attempts, refused, guess } = openAttempts()
    attempts.succeeded(LOGIN, HOME)
    const tries = Array.from({ length: 1_000 }, (_, i) => guess(LOGIN, `198.51.${i >> 8}.${i & 255}`, 1)).reduce((a, b) => a + b, 0)
    expect(tries).to.equal(100)
    expect(refused(LOGIN, '192.0.2.1'), 'a stranger').to.equal(true)
    expect(refused(LOGIN, HOME), 'its owner, at home').to.equal(false)
  })

  it('from one address to many logins are slow', () => {
    const { guess } = openAttempts()
    const tries = Array.from({ length: 1_000 }, (_, i) => guess(`customer/${i}`, HOME, 1)).reduce((a, b) => a + b, 0)
    expect(tries).to.equal(300)
  })
})
