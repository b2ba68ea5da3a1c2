/** The types of PostgreSQL that are written here, by their OID. */
const OIDS = { boolean: 16, bigint: 20, integer: 23, text: 25, float8: 701, date: 1082, timestamptz: 1184 } as const
export type ColumnType = keyof typeof OIDS

/** 2000-01-01 UTC: PostgreSQL counts its time from there. */
const EPOCH_MS = 946_684_800_000
const DAY_MS = 86_400_000
const HEAD_BYTES = 20
const NULL = -1

/**
 * An array as PostgreSQL itself sends it: a record goes in as its bytes, where an array in text would be escaped here and
 * unescaped there, quote by quote, and JSON would be read twice. A date is `YYYY-MM-DD`, a timestamptz ISO 8601 UTC.
 */
export const binaryArray = (type: ColumnType, values: readonly unknown[]): Buffer => {
  const size = sizeOf[type]
  let bytes = HEAD_BYTES + 4 * values.length
  for (const value of values) if (isThere(value)) bytes += size ?? Buffer.byteLength(String(value))
  const array = Buffer.allocUnsafe(bytes)
  array.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  array.writeInt32BE(1, 4) // there may be nulls
  array.writeInt32BE(OIDS[type], 8)
  array.writeInt32BE(values.length, 12)
  array.writeInt32BE(1, 16)
  let at = HEAD_BYTES
  for (const value of values) {
    const length = isThere(value) ? write(array, type, value, at + 4) : NULL
    array.writeInt32BE(length, at)
    at += 4 + Math.max(0, length)
  }
  return values.length === 0 ? array.subarray(0, 12) : array
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined

/** Bytes of a value, where they are always as many. */
const sizeOf: Readonly<Partial<Record<ColumnType, number>>> = { boolean: 1, integer: 4, bigint: 8, float8: 8, date: 4, timestamptz: 8 }

/** @returns the bytes written. @throws RangeError when the value is not in the type's range */
const write = (array: Buffer, type: ColumnType, value: unknown, at: number): number => {
  switch (type) {
    case 'text':
      return array.write(String(value), at)
    case 'boolean':
      return array.writeUInt8(value === true ? 1 : 0, at) - at
    case 'integer':
      return array.writeInt32BE(whole(Number(value)), at) - at
    case 'bigint':
      return array.writeBigInt64BE(BigInt(Number(value)), at) - at
    case 'float8':
      return array.writeDoubleBE(Number(value), at) - at
    case 'date':
      return array.writeInt32BE(whole((Date.parse(String(value)) - EPOCH_MS) / DAY_MS), at) - at
    case 'timestamptz':
      return array.writeBigInt64BE(BigInt(Date.parse(String(value)) - EPOCH_MS) * 1_000n, at) - at
  }
}

/** A buffer would take 1.5 for 1, and what is no number for 0. */
const whole = (value: number): number => {
  if (!Number.isInteger(value)) throw new RangeError(`no whole number: ${value}`)
  return value
}
