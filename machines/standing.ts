import { doorsAt, type Opening, opensFrom } from './hours.ts'

/** What a store itself has said, from its last record. */
export interface Wish {
  readonly value: 'open' | 'paused' | 'closed'
  /** ISO 8601 UTC; while paused. */
  readonly pausedUntil?: string | undefined
}

/**
 * Whether a store takes orders at an instant, by its own wish and by its hours. `opensAtMs`, since 1970, is when it will; absent
 * when it has not said so.
 */
export type Standing = { readonly kind: 'open' } | { readonly kind: 'paused' | 'lastOrder' | 'closed'; readonly opensAtMs?: number }

/** @throws RangeError when the zone is not an IANA zone */
export const standingAt = (wish: Wish, opening: Opening, nowMs: number): Standing => {
  if (wish.value === 'closed') return { kind: 'closed' }
  // The timer that ends a pause may be late, by days when no host is up; what was promised is the instant.
  const pausedUntilMs = wish.value === 'paused' ? Date.parse(wish.pausedUntil ?? '') : Number.NaN
  const paused = pausedUntilMs > nowMs
  const kind = paused ? 'paused' : doorsAt(opening, nowMs)
  if (kind === 'open') return { kind }
  const opensAtMs = opensFrom(opening, paused ? pausedUntilMs : nowMs)
  return { kind, ...(opensAtMs === undefined ? {} : { opensAtMs }) }
}
