import type { ErrorBody } from '../../../server/contract/errors.ts'

/** Why an order was not taken, as far as a cart can show it. */
export interface RefusedOrder {
  readonly code: ErrorBody['code']
  /** The server's own words. */
  readonly message: string
  /** Which lines of the cart are at fault, from 0. */
  readonly lines: readonly number[]
  /** When the store takes orders again, or the next one: ISO 8601 UTC. */
  readonly from?: string
  /** The store has closed for a while by its own wish. */
  readonly paused?: true
  /** Its doors are open, and its last orders are taken. */
  readonly lastOrder?: true
}

interface Details {
  readonly issues?: readonly { readonly path: readonly (string | number)[] }[]
  readonly opensAt?: string
  readonly nextSlotAt?: string
  readonly paused?: true
  readonly lastOrder?: true
}

export const refusedOrder = ({ code, message, details = {} }: ErrorBody): RefusedOrder => {
  const { issues = [], opensAt, nextSlotAt, paused, lastOrder } = details as Details
  const from = opensAt ?? nextSlotAt
  return {
    code,
    message,
    lines: issues.flatMap(({ path: [field, index] }) => (field === 'items' && typeof index === 'number' ? [index] : [])),
    ...(from === undefined ? {} : { from }),
    ...(paused ? { paused } : {}),
    ...(lastOrder ? { lastOrder } : {}),
  }
}
