import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ACTOR_CODES } from '../../actors/codes.ts'
import { PRICE_CODES } from '../../machines/price.ts'
import { ERRORS } from '../../server/contract/error-table.ts'
import { ApiError, errorBody } from '../../server/contract/errors.ts'

const documented = new Map(
  [
    ...readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8').matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm),
  ].map(([, code, status]) => [code, Number(status)]),
)

describe('the error table', () => {
  it('and docs/errors.md hold the same codes with the same statuses', () => {
    const table = Object.fromEntries(Object.entries(ERRORS).map(([code, { status }]) => [code, status]))
    expect(Object.fromEntries(documented)).to.deep.equal(table)
  })

  it('has a row for every code of the runtime and of the price list', () => {
    expect(Object.keys(ERRORS)).to.include.members([...ACTOR_CODES, ...PRICE_CODES])
  })

  it('speaks Korean and English', () => {
    for (const { ko, en } of Object.values(ERRORS)) {
      expect(ko).to.match(/\p{Script=Hangul}/u)
      expect(en).to.match(/^[\x20-\x7e]+\.$/)
    }
    const error = new ApiError('ORDER_REFUSED', { details: { status: 'picked' } })
    expect(errorBody(error, 'ko')).to.deep.equal({ code: 'ORDER_REFUSED', message: ERRORS.ORDER_REFUSED.ko, details: { status: 'picked' } })
  })

  it('says nothing about a bug but that there is one', () => {
    expect(errorBody(new Error('password is hunter2'), 'en')).to.deep.equal({ code: 'INTERNAL', message: ERRORS.INTERNAL.en })
  })
})
