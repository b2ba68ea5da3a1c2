import type { AnyStateMachine } from 'xstate'
import { type PlainState, type Step, start, step } from '../../machines/step.ts'
import type { ActorState, Event } from '../envelope.ts'
import type { Kind, Stamped } from './kind.ts'

export interface KindOptions {
  readonly name: string
  readonly stream: string
  readonly machine: AnyStateMachine
  readonly creates: string
  readonly route?: (state: ActorState) => readonly string[]
  readonly outRoute?: (event: Event, state: ActorState) => readonly string[]
  readonly recorded?: (event: Event) => Event
  readonly refusal?: (state: ActorState, event: Event) => string
  /** Older machines whose records may still be in the log, and how their state becomes current. */
  readonly migrate?: Readonly<Record<string, (state: ActorState) => ActorState>>
}

/** Makes an XState machine a kind of actor. The creating event is the machine's `input`. @throws when the machine has no version. */
export const defineKind = (options: KindOptions): Kind => {
  const { name, machine } = options
  if (machine.version === undefined) throw new Error(`machine of kind ${name} needs a version: createMachine({ version: '1', … })`)
  const current = `${name}@${machine.version}`
  return {
    name,
    stream: options.stream,
    machine: current,
    creates: options.creates,
    start: (event: Stamped): Step => start(machine, event),
    step: (state, event): Step => step(machine, state as PlainState, event),
    upgrade(state, from) {
      if (from === current) return state
      const migrate = options.migrate?.[from]
      if (!migrate) throw new Error(`no migration from ${from} to ${current}`)
      return migrate(state)
    },
    route: options.route ?? (() => ['_']),
    outRoute: options.outRoute ?? (() => ['_']),
    recorded: options.recorded ?? (event => event),
    refusal: options.refusal ?? (() => 'REFUSED'),
  }
}
