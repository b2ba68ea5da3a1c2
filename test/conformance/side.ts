import type { AnyEventObject } from 'xstate'

/** One thing that happens to an actor. */
export type Happening =
  | { readonly kind: 'event'; readonly event: AnyEventObject }
  /** Time goes by: a multiple of the tick. */
  | { readonly kind: 'time'; readonly ms: number }
  /** One of the effects that have not ended yet ends, though its actor may have left it behind. */
  | { readonly kind: 'end'; readonly nth: number; readonly end: End }
export type End = { readonly kind: 'resolved'; readonly output: unknown } | { readonly kind: 'rejected'; readonly error: unknown }

export const TICK_MS = 10
/** A timer of no time sets another of no time: at most so often at one instant, on either side. */
export const ZEROES = 4

/** All that the world can see of an actor, as JSON keeps it. */
export interface Seen {
  readonly value: unknown
  readonly context: unknown
  readonly status: unknown
  readonly output?: unknown
  readonly error?: unknown
  /** Everything it has announced, from its beginning. */
  readonly emitted: readonly unknown[]
  /** Every effect that it has asked for, from its beginning. */
  readonly invoked: readonly { readonly src: string; readonly input?: unknown }[]
}

/** An actor on one of the two sides. */
export interface Side extends AsyncDisposable {
  happen(happening: Happening): Promise<void>
  see(): Promise<Seen>
}

/** What JSON keeps. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The `nth` of those still open is taken out, counted round. */
export const takeNth = <T>(open: T[], nth: number): T | undefined => (open.length === 0 ? undefined : open.splice(nth % open.length, 1)[0])
