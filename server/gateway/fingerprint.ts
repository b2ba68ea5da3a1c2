import { createHash } from 'node:crypto'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** JSON with sorted keys: the same content is the same text. Absent and undefined fields are alike. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, inner]) => [key, canonical(inner)]))
}

/** 64 hex digits, the same for the same content. */
export const fingerprint = (value: unknown): string => sha256(JSON.stringify(canonical(value)))

/** The order that a customer's key stands for: a repeat reaches the same actor, so nobody keeps a table of keys. 96 bits are enough for ever. */
export const orderIdOf = (customerId: string, idempotencyKey: string): string =>
  `o_${sha256(`${customerId}\n${idempotencyKey}`).slice(0, 24)}`

/** One intention of one account. Hashed, because a key may have 200 characters and so may a commandId. */
export const commandIdOf = (name: string, accountId: string, idempotencyKey: string): string =>
  `${name}:${sha256(`${accountId}\n${idempotencyKey}`).slice(0, 24)}`
