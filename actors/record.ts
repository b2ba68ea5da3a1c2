import type { ActorState, By, Event } from './envelope.ts'

/**
 * What the actor waits for, by the names that its machine gave. `n` tells this wait from an earlier one of the same name, and
 * stays with it when a migration renames it.
 */
export interface Waits {
  readonly invokes: Readonly<Record<string, { readonly n: string; readonly src: string }>>
  readonly timers: Readonly<Record<string, { readonly n: string; readonly at: string }>>
}

/**
 * One committed transition, the only thing ever written of an actor. It carries the state after it, so the last
 * record of an actor is the actor: loading is one read, never a replay.
 */
export interface ActorRecord {
  readonly v: 1
  readonly id: string
  /** `order@1`: the machine and the version of it that wrote this. */
  readonly machine: string
  /** 1, 2, 3 … without gaps. */
  readonly version: number
  /** The host's clock at the decision, ISO 8601 UTC. */
  readonly at: string
  readonly by: By
  readonly commandId: string
  readonly event: Event
  readonly state: ActorState
  readonly waits: Waits
  /** The newest answers given, `[commandId, version]`, oldest first: a repeat is recognised even after a crash. */
  readonly replies: readonly (readonly [commandId: string, version: number])[]
  /** Of the request that led here, through however many effects, timers and tells. Absent: nobody named one. */
  readonly correlationId?: string
}

/** Answers remembered in a record: an order's whole life is about 12 transitions, and a store that is asked 20 times adds as many. */
export const REPLIES_KEPT = 48

export const NOTHING_AWAITED: Waits = { invokes: {}, timers: {} }
