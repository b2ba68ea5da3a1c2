import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { NO_CUSTOM, NO_SEND, NO_SPAWN, nodesOf } from './step.ts'

/** Names of effects become subject tokens. `tell` is the runtime's own. */
const TOKEN = /^[A-Za-z0-9_-]{1,64}$/
const TELL = 'tell'

/**
 * Why the runtime cannot carry a machine: one line each, naming the state and what to do instead; empty is good. What a
 * machine decides only when it runs (`spawn` in an assign, actions that `enqueueActions` adds) is found at the step, which then fails.
 */
export const objectionsTo = (machine: AnyStateMachine): string[] =>
  nodesOf(machine).flatMap(node => [...invokeObjections(machine, node), ...actionObjections(machine, node)])

const at = (node: AnyStateNode): string => `state ${node.id}`

const invokeObjections = (machine: AnyStateMachine, node: AnyStateNode): string[] =>
  node.invoke.flatMap(({ src: source, id, ...invoked }) => {
    const src = String(source) // an inline source has been given a name by XState
    const where = `${at(node)}, invoke ${String(id)}`
    if (src.startsWith('xstate.invoke.'))
      return [`${where}: a worker finds its work by name; name the source in setup({ actors }) and invoke that`]
    if (src === TELL) return [`${where}: the source name ${TELL} is the runtime's own; choose another`]
    if (!TOKEN.test(src)) return [`${where}: ${JSON.stringify(src)} becomes part of a subject; use 1 to 64 letters, digits, _ or -`]
    const logic: unknown = machine.implementations.actors[src]
    if (logic === undefined) return [`${where}: nothing is called ${src}; setup({ actors: { ${src}: fromPromise(…) } })`]
    if (invoked.onSnapshot) return [`${where}: onSnapshot watches a live actor; let the effect end and use onDone`]
    const sort = sortOf(logic as Logic)
    return sort === 'promise' ? [] : [`${where}: ${INSTEAD[sort]}`]
  })

interface Logic {
  readonly start?: unknown
  readonly root?: unknown
  getInitialSnapshot(scope: unknown, input: unknown): object
  transition(snapshot: object, event: { readonly type: string }, scope: object): { readonly status?: unknown }
}

const INSTEAD = {
  machine: 'an invoked machine does not outlive a process; make it a kind of its own and emit a tell to it',
  transition: 'a transition actor does not outlive a process; keep its state in the context, or make it a kind of its own',
  observable: 'an observable does not outlive a process; let a reader outside follow it and send each value as a command',
  callback: 'a callback actor does not outlive a process; use fromPromise for one answer, or send commands from outside',
} as const

/** XState's logics carry no name, but each is the only one to behave so. */
const sortOf = (logic: Logic): keyof typeof INSTEAD | 'promise' => {
  if (logic.root !== undefined) return 'machine'
  if (logic.start === undefined) return 'transition'
  const initial = logic.getInitialSnapshot({}, undefined)
  if ('_subscription' in initial) return 'observable'
  try {
    return logic.transition(initial, { type: 'xstate.promise.resolve' }, { self: {} }).status === 'done' ? 'promise' : 'callback'
  } catch {
    return 'callback' // it looks for the live actor that it has not got
  }
}

/** An action as a config holds it: a name, a name with params, or a function; XState's built-in ones carry their type. */
type Action = string | { readonly type: string } | BuiltIn
type BuiltIn = ((...args: never[]) => unknown) & { readonly type?: string; readonly resolve?: unknown; readonly actorRef?: unknown }

const actionObjections = (machine: AnyStateMachine, node: AnyStateNode): string[] => {
  const transitions = [...[...node.transitions.values()].flat(), ...(node.always ?? [])]
  const initial = node.type === 'compound' ? node.initial.actions : []
  const places: readonly (readonly [string, readonly unknown[]])[] = [
    ['entry', node.entry],
    ['exit', node.exit],
    ['initial', initial],
    ...transitions.map(({ eventType, actions }) => [eventType === '' ? 'always' : `on ${eventType}`, actions] as const),
  ]
  return places.flatMap(([place, actions]) =>
    actions.flatMap(action => {
      const why = objectionToAction(machine, action as Action)
      return why === undefined ? [] : [`${at(node)}, ${place}: ${why}`]
    }),
  )
}

const objectionToAction = (machine: AnyStateMachine, action: Action): string | undefined => {
  const name = typeof action === 'string' ? action : typeof action === 'function' ? action.name || '(anonymous)' : action.type
  const resolved = (typeof action === 'function' ? action : machine.implementations.actions[name]) as BuiltIn | undefined
  if (resolved === undefined) return `nothing is called ${name}; setup({ actions: { ${name}: … } })`
  if (resolved.resolve === undefined) return `the action ${name} is a plain function; ${NO_CUSTOM}`
  switch (resolved.type) {
    case 'xstate.spawnChild':
      return `spawnChild: ${NO_SPAWN}`
    case 'xstate.sendTo':
      return `sendTo, sendParent or forwardTo: ${NO_SEND}`
    case 'xstate.stopChild':
      return typeof resolved.actorRef === 'string' ? undefined : 'stopChild by reference; name the invoke by its id'
    default:
      return undefined
  }
}
