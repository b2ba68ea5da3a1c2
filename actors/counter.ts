/**
 * The port to counts that every process shares. Twins: `nats/counter.ts` (a JetStream counter stream), `memory/counter.ts`. One
 * contract suite runs on both: test/actors/counter.contract.ts.
 *
 * C1. Of all who add 1 to a key no two are told the same sum, however many processes count at once.
 * C2. What was told is on disk.
 */
export interface Counter {
  /**
   * Adds, and tells the sum after it.
   * @param key subject tokens, `store-1.1988280` @param amount a whole number, which may be negative
   * @throws Error when no acknowledgement came: whether it was counted is unknown
   */
  add(key: string, amount: number): Promise<number>
  /** The sum, 0 when nobody has counted. In a cluster it may be a moment old. @throws Error when nobody answers */
  sum(key: string): Promise<number>
}
