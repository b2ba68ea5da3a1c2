import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, getStateNodes, type StateValue } from 'xstate'
import { firstOf, nextOf } from './inert.ts'

/** A machine's state as plain JSON. `history` holds node ids, for parsed JSON is not a snapshot. */
export interface PlainState {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
  readonly status: 'active' | 'done' | 'error'
  readonly output?: unknown
  /** What ended it, when an effect failed and no state had an `onError` for it. */
  readonly error?: unknown
  readonly history?: Readonly<Record<string, readonly string[]>>
  /** Ids of the innermost states in the order in which XState came into them: regions with `always` are asked in that order. */
  readonly order?: readonly string[]
}

/**
 * What a transition asks of the world, as data, in the machine's own order. `stop` and `cancel` name what is no longer
 * awaited. A timer without an id cannot be cancelled by name.
 */
export type Effect =
  | { readonly kind: 'invoke'; readonly id: string; readonly src: string; readonly input: unknown }
  | { readonly kind: 'stop'; readonly id: string }
  | { readonly kind: 'timer'; readonly id: string | undefined; readonly delayMs: number; readonly event: PlainEvent }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'emit'; readonly event: PlainEvent }
  | { readonly kind: 'tell'; readonly to: string; readonly event: PlainEvent }
export interface PlainEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/**
 * A durable send to another actor, said with XState's own `emit`, so a machine stays pure and runs anywhere:
 *   emit(({ context }): Tell => ({ type: 'tell', to: `customer/${context.customer.id}`, event: { type: 'orderDone' } }))
 */
export interface Tell {
  readonly type: 'tell'
  /** An address, `customer/c-1`. */
  readonly to: string
  readonly event: PlainEvent
}

export type Step =
  | { readonly kind: 'moved'; readonly state: PlainState; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused' }

/** Brings an actor into being. @throws whatever the machine's context factory or entry actions throw. */
export const start = (machine: AnyStateMachine, input: unknown): Step => {
  const [next, actions] = firstOf(machine, input)
  if (next.status === 'error') throw next.error
  return moved(machine, next, actions)
}

/**
 * Decides one event, purely: same state and event, same answer, nothing started.
 * A refusal is an event that XState would ignore in silence: nothing changed, nothing is to be done, and `can` is false. `can`
 * alone says too little: it does not know of an `always` that looks at the event, nor of an error nobody handles, which ends the actor.
 * @throws whatever a guard, assign or delay of the machine throws, or what it asked for cannot be carried.
 */
export const step = (machine: AnyStateMachine, state: PlainState, event: PlainEvent): Step => {
  if (state.status !== 'active') return { kind: 'refused' }
  const now = restore(machine, state)
  const [next, actions] = nextOf(machine, now, event)
  if (next === now && actions.length === 0 && !now.can(event)) return { kind: 'refused' }
  return moved(machine, next, actions)
}

/** A live snapshot of stored JSON. A deadline set by `after` is not in it: timers are the log's (XState loses them on restore). */
export const restore = (machine: AnyStateMachine, state: PlainState): AnyMachineSnapshot => {
  const { nodes } = partsOf(machine)
  const snapshot = machine.resolveState({
    value: state.value,
    context: state.context,
    status: state.status,
    output: state.output,
    historyValue: Object.fromEntries(
      Object.entries(state.history ?? {}).map(([id, ids]) => [id, ids.map(nodeId => nodes.get(nodeId)).filter(node => node !== undefined)]),
    ),
  } as Parameters<typeof machine.resolveState>[0])
  const rank = (node: AnyStateNode): number => state.order?.indexOf(node.id) ?? -1
  if (state.order) snapshot._nodes.sort((a, b) => rank(a) - rank(b))
  // An invoked actor is its id and nothing else: enough for XState to say which of them it stops.
  const invoked = getStateNodes(machine.root, snapshot.value).flatMap(node => node.invoke.map(({ id }) => [id, { id }] as const))
  return Object.assign(snapshot, { children: Object.fromEntries(invoked) })
}

interface MachineParts {
  /** By id. XState's own look-up splits ids at dots, so it misses `id: 'my.state'`. */
  readonly nodes: ReadonlyMap<string, AnyStateNode>
  readonly invokes: ReadonlySet<string>
  /** Whether two regions can each have an `always` open at once, so that their order can be seen. */
  readonly ordered: boolean
}
const known = new WeakMap<AnyStateMachine, MachineParts>()

const partsOf = (machine: AnyStateMachine): MachineParts => {
  const found = known.get(machine)
  if (found) return found
  const nodes = nodesOf(machine)
  const parts = {
    nodes: new Map(nodes.map(node => [node.id, node])),
    invokes: new Set(nodes.flatMap(node => node.invoke.map(({ id }) => id))),
    ordered: nodes.some(node => node.type === 'parallel') && nodes.filter(node => node.always !== undefined).length > 1,
  }
  known.set(machine, parts)
  return parts
}

/** Every state node, the root first. */
export const nodesOf = (machine: AnyStateMachine): readonly AnyStateNode[] => {
  const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)]
  return below(machine.root)
}

const plain = (machine: AnyStateMachine, snapshot: AnyMachineSnapshot): PlainState => {
  const history = Object.entries(snapshot.historyValue ?? {}).map(([node, nodes]) => [node, nodes.map(n => n.id)] as const)
  return {
    value: snapshot.value,
    context: snapshot.context,
    status: snapshot.status as PlainState['status'],
    ...(snapshot.output === undefined ? {} : { output: snapshot.output }),
    ...(snapshot.status === 'error' ? { error: snapshot.error } : {}),
    ...(history.length === 0 ? {} : { history: Object.fromEntries(history) }),
    ...(partsOf(machine).ordered ? { order: snapshot._nodes.filter(isInnermost).map(({ id }) => id) } : {}),
  }
}

const isInnermost = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final'

interface Action {
  readonly type: string
  readonly params?: unknown
}

const moved = (machine: AnyStateMachine, next: AnyMachineSnapshot, actions: readonly Action[]): Step => {
  const spawned = Object.keys(next.children).find(id => !partsOf(machine).invokes.has(id))
  if (spawned !== undefined) throw new Error(`${machine.id} spawned ${spawned}: ${NO_SPAWN}`)
  return { kind: 'moved', state: plain(machine, next), effects: actions.flatMap(action => effectOf(machine, action)) }
}

/** What to do instead, said at registration where a machine shows it, and at the step that does it where only that step can. */
export const NO_SPAWN = 'spawned children do not outlive a process; invoke a promise, or tell another actor'
export const NO_SEND = 'a live reference does not outlive a process; use raise for itself, and emit a tell for another actor'
export const NO_CUSTOM = 'nothing durable would run it; use assign for context, invoke for effects, emit for announcements'

/** XState 5.33 names its built-in actions so; anything else is a custom action, which has no durable meaning. */
const effectOf = (machine: AnyStateMachine, action: Action): readonly Effect[] => {
  const p = (action.params ?? {}) as Record<string, unknown>
  switch (action.type) {
    case 'xstate.spawnChild':
      if (!partsOf(machine).invokes.has(String(p.id))) throw new Error(`${machine.id} spawned ${String(p.id)}: ${NO_SPAWN}`)
      return [{ kind: 'invoke', id: String(p.id), src: String(p.src), input: p.input }]
    case 'xstate.stopChild':
      return p.id === undefined ? [] : [{ kind: 'stop', id: String(p.id) }]
    case 'xstate.raise':
      if (typeof p.delay !== 'number') return [] // already taken within the same macrostep
      return [{ kind: 'timer', id: p.id === undefined ? undefined : String(p.id), delayMs: p.delay, event: p.event as PlainEvent }]
    case 'xstate.cancel':
      return [{ kind: 'cancel', id: String(p.sendId) }]
    case 'xstate.emit':
      return [isTell(p.event) ? { kind: 'tell', to: p.event.to, event: p.event.event } : { kind: 'emit', event: p.event as PlainEvent }]
    case 'xstate.log':
      return []
    case 'xstate.sendTo':
      throw new Error(`${machine.id} used sendTo: ${NO_SEND}`)
    default:
      throw new Error(`${machine.id} ran the custom action ${action.type}: ${NO_CUSTOM}`)
  }
}

const isTell = (event: unknown): event is Tell => (event as PlainEvent).type === 'tell'
