import type { OrderView } from '../../server/contract/order-view.ts'
import type { Column } from './columns.ts'

const MINUTE_MS = 60_000

/**
 * What a card says about time, in whole minutes, so that it is drawn again once a minute.
 * `left`: until it is promised; 0: within this minute. `late`: since it was. `since`: it was placed so long ago.
 */
export type OrderTime = { readonly kind: 'left' | 'late' | 'since'; readonly minutes: number }

export const orderTimeAt = (
  nowMs: number,
  column: Column,
  { placedAt, prepReadyAt }: Pick<OrderView, 'placedAt' | 'prepReadyAt'>,
): OrderTime => {
  if (prepReadyAt === undefined || (column !== 'accepted' && column !== 'cooking')) {
    return { kind: 'since', minutes: Math.max(0, Math.floor((nowMs - Date.parse(placedAt)) / MINUTE_MS)) }
  }
  const leftMs = Date.parse(prepReadyAt) - nowMs
  return leftMs > 0 ? { kind: 'left', minutes: Math.floor(leftMs / MINUTE_MS) } : { kind: 'late', minutes: Math.floor(-leftMs / MINUTE_MS) }
}
