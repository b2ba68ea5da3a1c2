import type { Step } from '../../machines/step.ts'
import type { ActorState, By, Event } from '../envelope.ts'

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
  /** A stored state of an older machine, made current. @throws when the version is unknown. */
  upgrade(state: ActorState, from: string): ActorState
  /** Subject tokens behind the id, constant in an actor's life. */
  route(state: ActorState): readonly string[]
  /** Subject tokens behind `out.<type>` for an emitted event. */
  outRoute(event: Event, state: ActorState): readonly string[]
  /** What of an event is written down; a creating event is often all in the state already. */
  recorded(event: Event): Event
  /** The code of a refusal, where the trade has a better word than REFUSED. */
  refusal(state: ActorState, event: Event): string
}
