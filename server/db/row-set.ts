import { binaryArray, type ColumnType } from './binary-array.ts'

/** Any number of rows as the parameters of one unchanging statement: an array for each column. */
export class RowSet<Row extends object> {
  readonly #columns: readonly (readonly [name: keyof Row, type: ColumnType])[]

  constructor(columns: Readonly<Record<keyof Row & string, ColumnType>>) {
    this.#columns = Object.entries(columns) as [keyof Row, ColumnType][]
  }

  /** How many parameters `from` names. */
  get size(): number {
    return this.#columns.length
  }

  get columns(): readonly string[] {
    return this.#columns.map(([name]) => String(name))
  }

  /** What stands behind `from` in a statement whose parameter `$<first>` and those after it are `params`. */
  from(first: number): string {
    const arrays = this.#columns.map(([, type], i) => `$${first + i}::${type}[]`)
    return `unnest(${arrays.join(', ')}) as row (${this.columns.join(', ')})`
  }

  /** @throws RangeError when a number is out of its column's range */
  params(rows: readonly Row[]): Buffer[] {
    return this.#columns.map(([name, type]) =>
      binaryArray(
        type,
        rows.map(row => row[name]),
      ),
    )
  }
}

/** The newest row of each key: one statement may touch a row only once. */
export const newestBy = <Row extends { readonly version: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] => {
  const newest = new Map<string, Row>()
  for (const row of rows) if (row.version > (newest.get(keyOf(row))?.version ?? 0)) newest.set(keyOf(row), row)
  return [...newest.values()]
}
