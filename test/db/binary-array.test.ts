import { expect } from 'chai'
import { binaryArray, type ColumnType } from '../../server/db/binary-array.ts'
import { nativePool } from '../../server/db/native-pool.ts'
import { ReadModel } from './read-model.ts'

describe('an array in PostgreSQL’s own bytes', () => {
  it('arrives as it was, whatever the type', async () => {
    await using model = await ReadModel.open('arrays')
    const pool = await nativePool(model.orm)
    const cases: readonly (readonly [ColumnType, readonly unknown[], readonly unknown[]])[] = [
      ['text', ['', 'a "b" \\ {c,d} 🌶 갈비', null, undefined, 'null'], ['', 'a "b" \\ {c,d} 🌶 갈비', null, null, 'null']],
      ['integer', [0, -1, 2 ** 31 - 1, null], ['0', '-1', '2147483647', null]],
      ['bigint', [0, -1, 2 ** 53], ['0', '-1', '9007199254740992']],
      ['boolean', [true, false, null], ['true', 'false', null]],
      ['float8', [37.5, -0.1, 0], ['37.5', '-0.1', '0']],
      ['date', ['2026-03-02', '1999-12-31', '2000-01-01'], ['2026-03-02', '1999-12-31', '2000-01-01']],
      ['timestamptz', ['2026-03-02T12:00:00.123Z', '1969-12-31T23:59:59.999Z'], ['1772452800.123000', '-0.001000']],
      ['text', [], []],
    ]
    for (const [type, given, wanted] of cases) {
      const text = type === 'timestamptz' ? 'extract(epoch from value)::text' : 'value::text'
      const { rows } = await pool.query(`select ${text} as value from unnest($1::${type}[]) as value`, [binaryArray(type, given)])
      expect(
        rows.map(({ value }) => value),
        type,
      ).to.deep.equal(wanted)
    }
  })

  it('is not made of what its type cannot hold', () => {
    const wrong: readonly (readonly [ColumnType, unknown])[] = [
      ['integer', 2 ** 31],
      ['integer', 1.5],
      ['integer', Number.NaN],
      ['integer', 'x'],
      ['bigint', Number.NaN],
      ['date', 'yesterday'],
      ['timestamptz', 'yesterday'],
    ]
    for (const [type, value] of wrong) expect(() => binaryArray(type, [value]), `${type} ${value}`).to.throw(RangeError)
  })
})
