import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
  type ExecutableActionObject,
} from 'xstate'

type Decided = readonly [AnyMachineSnapshot, readonly ExecutableActionObject[]]

/**
 * XState's `initialTransition` and `transition`, with one inert actor for each machine in place of a new one for each call:
 * 23 µs instead of 77 for a transition of an order. Nothing is ever started on it, so nothing is left on it either.
 */
export const firstOf = (machine: AnyStateMachine, input: unknown): Decided =>
  collected(machine, scope => machine.getInitialSnapshot(scope, input as never))

export const nextOf = (machine: AnyStateMachine, now: AnyMachineSnapshot, event: EventObject): Decided =>
  collected(machine, scope => machine.transition(now, event, scope))

const collected = (machine: AnyStateMachine, decide: (scope: AnyActorScope) => AnyMachineSnapshot): Decided => {
  const actions: ExecutableActionObject[] = []
  const snapshot = decide({ ...scopeOf(machine), actionExecutor: action => void actions.push(action as ExecutableActionObject) })
  return [snapshot, actions]
}

const scopes = new WeakMap<AnyStateMachine, AnyActorScope>()

const scopeOf = (machine: AnyStateMachine): AnyActorScope => {
  const known = scopes.get(machine)
  if (known) return known
  const self = createActor(machine)
  // A child's system id would be taken for ever after its first invocation: here no child lives to be found by it.
  Object.assign(self.system, { _set: () => undefined })
  const idle = (): void => undefined
  const scope: AnyActorScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: idle,
    defer: idle,
    stopChild: idle,
    emit: idle,
    actionExecutor: idle,
  }
  scopes.set(machine, scope)
  return scope
}
