import type { Step } from '../../machines/step.ts'
import type { ActorState, By, Event } from '../envelope.ts'
import type { ActorRecord, Waits } from '../record.ts'

/** An event with the facts that a pure machine may not look up: when, who, and under which command. */
export type Stamped = Event & { readonly stamp: Stamp }
export interface Stamp {
  /** The actor's id. */
  readonly id: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly by: By
  readonly commandId: string
}

/** What an actor is and what it waits for: all that a new release of its machine has to make its own. */
export interface Held {
  readonly state: ActorState
  readonly waits: Waits
}

/**
 * How records of an older machine become current, purely. States may be renamed, and with them the waits: an `after` is named by
 * its event, `xstate.after.<delay>.<state id>`. A wait that is left out is given up. None can be made here: where a new
 * machine has an `after` that the old one had not, an actor already in that state waits for it only when it enters anew.
 */
export type Migration = (old: Held) => Held

/** `newer`: a later release wrote it, and a host of that release can go on. `unknown`: no host of this release or a later one can. */
export type Upgraded = { readonly kind: 'current'; readonly held: Held } | { readonly kind: 'newer' } | { readonly kind: 'unknown' }

/** A machine made into a kind of actor: pure decisions, and where its records go. */
export interface Kind {
  readonly name: string
  /** The stream that keeps it: `ORDERS` or `ENTITIES`. */
  readonly stream: string
  /** `order@1`, written in every record. */
  readonly machine: string
  /** The event type that brings an actor into being. */
  readonly creates: string
  start(event: Stamped): Step
  step(state: ActorState, event: Stamped): Step
  /** A record of whatever release, as this release's machine holds it. @throws whatever a migration throws. */
  upgrade(record: ActorRecord): Upgraded
  /** Subject tokens behind the id, constant in an actor's life. */
  route(state: ActorState): readonly string[]
  /** Subject tokens behind `out.<type>` for an emitted event. */
  outRoute(event: Event, state: ActorState): readonly string[]
  /** What of an event is written down; a creating event is often all in the state already. */
  recorded(event: Event): Event
  /** The event again as the machine heard it: what `recorded` left out is in the state that came of it. */
  whole(event: Event, state: ActorState): Event
  /** Whether only the machine itself may raise this event. */
  internal(type: string): boolean
  /** The code of a refusal, where the trade has a better word than REFUSED. */
  refusal(state: ActorState, event: Event): string
}
