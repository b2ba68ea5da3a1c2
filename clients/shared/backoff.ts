/** How long to wait between tries. */
export interface Backoff {
  /** Before the second try, in the middle; each next wait is twice as long. Default 1,500 ms. */
  readonly firstMs: number
  /** No wait is longer. Default 4,500 ms. */
  readonly mostMs: number
  /** Each wait is spread by so much of itself to both sides, 0…1. Default 0.8: ten thousand whose gateway fell come back at 4,000 a second, which is near to what it can take. */
  readonly spread: number
}

/** A first wait of 0.3 to 2.7 s, then longer and longer, 0.5 to 4.5 s at the most. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 1_500, mostMs: 4_500, spread: 0.8 }

/**
 * The wait before the next try. The limit is put on the middle and not on the outcome, so that the longest waits are spread as well.
 * @param tries that have failed already, 0…
 * @param random 0…1
 */
export const waitMs = ({ firstMs, mostMs, spread }: Backoff, tries: number, random: number): number => {
  const middleMs = Math.min(firstMs * 2 ** tries, mostMs / (1 + spread))
  return Math.round(middleMs * (1 - spread + 2 * spread * random))
}
