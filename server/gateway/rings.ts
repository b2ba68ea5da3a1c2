/** From this age on a delivery is shown within this distance. A row of them, nearest and earliest first. */
export interface Ring {
  /** Metres from the rider to the customer, 1…6,000. */
  readonly withinM: number
  /** Since the delivery came on the board, milliseconds. */
  readonly afterMs: number
}

/** How far the widest ring reaches, in metres. */
export const widestM = (rings: readonly Ring[]): number => Math.max(0, ...rings.map(({ withinM }) => withinM))

/** The age in milliseconds at which the rings reach a distance; undefined: they never do. */
export const reachedAfterMs = (rings: readonly Ring[], metres: number): number | undefined =>
  rings.find(({ withinM }) => metres <= withinM)?.afterMs
