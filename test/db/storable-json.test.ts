import { expect } from 'chai'
import fc from 'fast-check'
import { storableJson } from '../../server/db/storable-json.ts'

describe('JSON for PostgreSQL', () => {
  it('is plain JSON when there is nothing wrong', () => {
    const value = { note: 'spicy 🌶 "very" \\ \\u0000', list: [1, null, true] }
    expect(storableJson(value)).to.equal(JSON.stringify(value))
  })

  it('has no NUL and no lone surrogate, whatever comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('\0', '\uD83C', '\uDF36', '\\', 'u0000', 'a', '"') })), texts => {
        const read = JSON.parse(storableJson({ texts })) as { texts: string[] }
        expect(read.texts).to.deep.equal(texts.map(text => text.replaceAll('\0', '\uFFFD').toWellFormed()))
      }),
    )
  })
})
