import type { Address } from './address.ts'
import type { ActorCode } from './codes.ts'
import type { Trace } from './tracing.ts'

/** Who asks. `system` is the runtime itself: results of effects and timers that fell due. */
export interface By {
  readonly role: 'customer' | 'store' | 'rider' | 'ops' | 'system'
  readonly id: string
}

/** An event as machines know it: a type and whatever belongs to it. */
export interface Event {
  readonly type: string
  readonly [key: string]: unknown
}

/** A request to an actor. Repeating a `commandId` is safe: it gets its first answer. */
export interface Command {
  /** 1…200 printable characters, unique per intention. */
  readonly commandId: string
  readonly address: Address
  readonly event: Event
  readonly by: By
  /** When it was asked, ISO 8601 UTC. The host stamps the record with its own clock. */
  readonly at: string
  /** Refuse unless the actor is at exactly this version. */
  readonly expectedVersion?: number
  /** The wait that this answers, when the runtime itself speaks: an effect's result, a timer that fell due. */
  readonly answers?: { readonly wait: 'invoke' | 'timer'; readonly id: string; readonly n: string }
  /** The request that all this began with, 1…64 token characters: it goes along to whatever is asked for next, near or far. */
  readonly correlationId?: string
  /** The span that it belongs to, where it is traced. On its way it stands in a header, so it is no part of the command's text. */
  readonly trace?: Trace
}

/** What an actor is: JSON only, so that it can be written down. */
export interface ActorState {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
  readonly status: 'active' | 'done' | 'error'
  readonly output?: unknown
  /** What ended it, with status `error`: an effect failed and the machine had no `onError` for it. */
  readonly error?: unknown
  /** XState's history, as state node ids: `{ [historyNodeId]: stateNodeIds }`. */
  readonly history?: Readonly<Record<string, readonly string[]>>
  /** The order of the innermost states, as ids, where a machine's regions can tell (`machines/step.ts`). */
  readonly order?: readonly string[]
}
export type StateValue = string | { readonly [region: string]: StateValue | undefined }

/**
 * The answer. `moved`: the record is on disk. `refused`: nothing was written, here is where the actor stands.
 * `failed`: nobody can say yet; when `retry`, the same command may be sent again with the same `commandId`.
 */
export type Reply =
  | {
      readonly kind: 'moved'
      readonly version: number
      readonly state: ActorState
      /** The record's instant, ISO 8601 UTC. */
      readonly at: string
      /** The command is an old one and this its first answer: the record may be another's under the same id. */
      readonly repeated?: true
    }
  | { readonly kind: 'refused'; readonly code: ActorCode | string; readonly version: number; readonly state?: ActorState }
  | { readonly kind: 'failed'; readonly code: ActorCode; readonly retry: boolean; readonly message?: string }
