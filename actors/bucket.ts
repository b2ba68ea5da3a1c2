/**
 * The port to small, short-lived facts that are no history: a rider's last position, a host's heartbeat. Gone after
 * their time. Twins: `nats/bucket.ts`, `memory/bucket.ts`.
 */
export interface Bucket<T> {
  /** Claims a key: true for the first who asks, false for all others while the value lives. */
  create(key: string, value: T): Promise<boolean>
  /** Puts the newest value. Keys are tokens, or several joined by dots: `o_81.placed.alimtalk`. */
  put(key: string, value: T): Promise<void>
  get(key: string): Promise<T | undefined>
  delete(key: string): Promise<void>
  /** Everything alive whose key matches one of the patterns, by key: `o_81.>` is all that begins with this token. The grammar of subjects. */
  find(patterns: string | readonly string[]): Promise<ReadonlyMap<string, T>>
  /** Everything alive now, by key. */
  all(): Promise<ReadonlyMap<string, T>>
}
