/** How long to wait between tries. */
export interface Backoff {
  /** Before the second try, in the middle; each next wait is twice as long. Default 500 ms. */
  readonly firstMs: number
  /** No wait is longer. Default 5,000 ms. */
  readonly mostMs: number
  /** Each wait is spread by so much of itself to both sides, 0…1. Default 0.5: twenty thousand clients of a gateway that fell do not return as one. */
  readonly spread: number
}

/** A first wait of 0.25 to 0.75 s, then longer and longer, 1.7 to 5 s at the most. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 500, mostMs: 5_000, spread: 0.5 }

/**
 * The wait before the next try. The limit is put on the middle and not on the outcome, so that the longest waits are spread as well.
 * @param tries that have failed already, 0…
 * @param random 0…1
 */
export const waitMs = ({ firstMs, mostMs, spread }: Backoff, tries: number, random: number): number => {
  const middleMs = Math.min(firstMs * 2 ** tries, mostMs / (1 + spread))
  return Math.round(middleMs * (1 - spread + 2 * spread * random))
}
