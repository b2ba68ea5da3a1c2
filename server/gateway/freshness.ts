/** How long a rider's position counts, in milliseconds of its age. */
export interface Freshness {
  /** From then on it is shown as stale. Devices report every 4 s: three in a row are missing after 15 s, the default. */
  readonly staleMs: number
  /** From then on it is not shown: it would be a frozen dot. Default 60 s. */
  readonly hiddenMs: number
}

/** What may be made of a position of some age: `live` as it is, `stale` with a mark, `hidden` not at all. */
export type Age = 'live' | 'stale' | 'hidden'

/** @param at the position's own instant, ISO 8601 UTC @param nowMs since 1970 */
export const ageOf = (at: string, nowMs: number, { staleMs, hiddenMs }: Freshness): Age => {
  const ageMs = nowMs - Date.parse(at)
  return ageMs < staleMs ? 'live' : ageMs < hiddenMs ? 'stale' : 'hidden'
}
