import { type AnyMachineSnapshot, type AnyStateMachine, getStateNodes, initialTransition, type StateValue, transition } from 'xstate'

/** A machine's state as plain JSON. `history` holds node ids, for parsed JSON is not a snapshot. */
export interface PlainState {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
  readonly status: 'active' | 'done' | 'error'
  readonly output?: unknown
  readonly history?: Readonly<Record<string, readonly string[]>>
}

/** What a transition asks of the world, as data. `stop` and `cancel` name what is no longer awaited. */
export type Effect =
  | { readonly kind: 'invoke'; readonly id: string; readonly src: string; readonly input: unknown }
  | { readonly kind: 'stop'; readonly id: string }
  | { readonly kind: 'timer'; readonly id: string; readonly delayMs: number; readonly event: PlainEvent }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'emit'; readonly event: PlainEvent }
export interface PlainEvent {
  readonly type: string
  readonly [key: string]: unknown
}

export type Step =
  | { readonly kind: 'moved'; readonly state: PlainState; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused' }

/** Brings an actor into being. @throws whatever the machine's context factory or entry actions throw. */
export const start = (machine: AnyStateMachine, input: unknown): Step => {
  const [next, actions] = initialTransition(machine, input as never)
  return moved(machine, new Set(), next as AnyMachineSnapshot, actions)
}

/**
 * Decides one event, purely: same state and event, same answer, nothing started.
 * A refusal is `can` being false. Comparing snapshots would not do: an event that only emits returns the same object.
 * @throws whatever a guard, assign or delay of the machine throws.
 */
export const step = (machine: AnyStateMachine, state: PlainState, event: PlainEvent): Step => {
  if (state.status !== 'active') return { kind: 'refused' }
  const now = restore(machine, state)
  if (!now.can(event)) return { kind: 'refused' }
  const [next, actions] = transition(machine, now, event)
  return moved(machine, invokedIn(machine, now), next as AnyMachineSnapshot, actions)
}

/** A live snapshot of stored JSON. A deadline set by `after` is not in it: timers are the log's (XState loses them on restore). */
export const restore = (machine: AnyStateMachine, state: PlainState): AnyMachineSnapshot =>
  machine.resolveState({
    value: state.value,
    context: state.context,
    status: state.status,
    output: state.output,
    historyValue: Object.fromEntries(
      Object.entries(state.history ?? {}).map(([node, ids]) => [node, ids.map(id => machine.getStateNodeById(id))]),
    ),
  } as Parameters<typeof machine.resolveState>[0])

const plain = (snapshot: AnyMachineSnapshot): PlainState => {
  if (snapshot.status === 'error') throw snapshot.error
  const history = Object.entries(snapshot.historyValue ?? {}).map(([node, nodes]) => [node, nodes.map(n => n.id)] as const)
  return {
    value: snapshot.value,
    context: snapshot.context,
    status: snapshot.status === 'done' ? 'done' : 'active',
    ...(snapshot.output === undefined ? {} : { output: snapshot.output }),
    ...(history.length === 0 ? {} : { history: Object.fromEntries(history) }),
  }
}

/** Ids of the invocations that the active states hold. */
const invokedIn = (machine: AnyStateMachine, snapshot: AnyMachineSnapshot): Set<string> =>
  new Set(getStateNodes(machine.root, snapshot.value).flatMap(node => node.invoke.map(invoked => invoked.id)))

interface Action {
  readonly type: string
  readonly params?: unknown
}

const moved = (machine: AnyStateMachine, before: Set<string>, next: AnyMachineSnapshot, actions: readonly Action[]): Step => {
  const effects = actions.flatMap(action => effectOf(action))
  const after = next.status === 'active' ? invokedIn(machine, next) : new Set<string>()
  // XState stops a child by its reference, which a restored snapshot does not have: what is stopped is what is no longer held.
  const stopped = [...before].filter(id => !after.has(id)).map(id => ({ kind: 'stop', id }) as const)
  return { kind: 'moved', state: plain(next), effects: [...stopped, ...effects] }
}

/** XState 5.33 names its built-in actions so; anything else is a custom action, which has no durable meaning. */
const effectOf = (action: Action): readonly Effect[] => {
  const p = (action.params ?? {}) as Record<string, unknown>
  switch (action.type) {
    case 'xstate.spawnChild':
      return [{ kind: 'invoke', id: String(p.id), src: String(p.src), input: p.input }]
    case 'xstate.raise':
      if (p.delay === undefined) return [] // already taken within the same macrostep
      return [{ kind: 'timer', id: String(p.id), delayMs: Number(p.delay), event: p.event as PlainEvent }]
    case 'xstate.cancel':
      return [{ kind: 'cancel', id: String(p.sendId) }]
    case 'xstate.emit':
      return [{ kind: 'emit', event: p.event as PlainEvent }]
    default:
      return []
  }
}
