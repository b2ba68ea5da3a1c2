import { expect } from 'chai'
import fc from 'fast-check'
import { DEFAULT_BACKOFF, waitMs } from '../../clients/shared/backoff.ts'
import { isRetryable } from '../../clients/shared/retryable.ts'
import { type Code, ERRORS, type ErrorRow } from '../../server/contract/error-table.ts'

describe('a client’s waits', () => {
  it('are twice as long each time, up to 4.5 s, and spread however long they are', () => {
    const waits = (random: number) => [0, 1, 2, 3, 4, 9, 1_000].map(tries => waitMs(DEFAULT_BACKOFF, tries, random))
    expect(waits(0)).to.deep.equal([300, 500, 500, 500, 500, 500, 500])
    expect(waits(0.5)).to.deep.equal([1_500, 2_500, 2_500, 2_500, 2_500, 2_500, 2_500])
    expect(waits(1)).to.deep.equal([2_700, 4_500, 4_500, 4_500, 4_500, 4_500, 4_500])
  })

  it('are never longer than the longest, whatever the settings', () => {
    const settings = fc.record({
      firstMs: fc.integer({ min: 1, max: 9_999 }),
      mostMs: fc.integer({ min: 1, max: 99_999 }),
      spread: fc.float({ min: 0, max: 1, noNaN: true }),
    })
    const random = fc.float({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(settings, fc.nat(100), random, (backoff, tries, dice) => waitMs(backoff, tries, dice) <= backoff.mostMs))
  })

  it('are for what the server’s table calls a matter of time, and not for refusals', () => {
    const rows = Object.entries(ERRORS) as [Code, ErrorRow][]
    const worth = rows.filter(([, { retry, status }]) => retry && (status === 429 || status >= 500)).map(([code]) => code)
    expect(rows.map(([code]) => code).filter(isRetryable)).to.deep.equal(worth)
  })
})
