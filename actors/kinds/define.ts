import type { AnyStateMachine } from 'xstate'
import { type PlainState, type Step, start, step } from '../../machines/step.ts'
import { objectionsTo } from '../../machines/uncarried.ts'
import type { ActorState, Event } from '../envelope.ts'
import type { Kind, Migration, Stamped, Upgraded } from './kind.ts'

export interface KindOptions {
  readonly name: string
  readonly stream: string
  /** Its `version` is a whole number, counted up whenever actors in flight would not fit the new machine. */
  readonly machine: AnyStateMachine
  readonly creates: string
  readonly route?: (state: ActorState) => readonly string[]
  readonly outRoute?: (event: Event, state: ActorState) => readonly string[]
  readonly recorded?: (event: Event) => Event
  readonly whole?: (event: Event, state: ActorState) => Event
  /** Events that a machine raises for itself, and nobody else may send. */
  readonly internal?: (type: string) => boolean
  readonly refusal?: (state: ActorState, event: Event) => string
  /** By version, `{ '1': …, '2': … }`: the older machines whose records may still be in the log, each straight to the current one. */
  readonly migrate?: Readonly<Record<string, Migration>>
}

/** Microsteps of one transition. A machine that never comes to rest would hold its host, and with it all other actors, for ever. */
const MOST_MICROSTEPS = 10_000

/**
 * Makes an XState machine a kind of actor. The creating event is the machine's `input`.
 * @throws when the runtime cannot carry the machine: every reason, by state, with what to do instead.
 */
export const defineKind = (options: KindOptions): Kind => {
  const { name, machine, migrate = {} } = options
  const objections = [...objectionsTo(machine), ...versionObjections(machine, migrate)]
  if (objections.length > 0) throw new Error(`the machine of kind ${name} cannot be carried:\n${objections.map(o => `  ${o}`).join('\n')}`)
  machine.options.maxIterations = Math.min(machine.options.maxIterations ?? MOST_MICROSTEPS, MOST_MICROSTEPS)
  const version = Number(machine.version)
  const current = `${name}@${version}`
  return {
    name,
    stream: options.stream,
    machine: current,
    creates: options.creates,
    start: (event: Stamped): Step => start(machine, event),
    step: (state, event): Step => step(machine, state as PlainState, event),
    upgrade({ machine: from, state, waits }): Upgraded {
      if (from === current) return { kind: 'current', held: { state, waits } }
      const written = from.slice(name.length + 1)
      if (Number(written) > version) return { kind: 'newer' }
      const migration = migrate[written]
      return migration ? { kind: 'current', held: migration({ state, waits }) } : { kind: 'unknown' }
    },
    route: options.route ?? (() => ['_']),
    outRoute: options.outRoute ?? (() => ['_']),
    recorded: options.recorded ?? (event => event),
    whole: options.whole ?? (event => event),
    internal: options.internal ?? (() => false),
    refusal: options.refusal ?? (() => 'REFUSED'),
  }
}

/** Versions are counted, so that a host can tell a newer record, which another host will understand, from one that nobody will. */
const WHOLE = /^[1-9]\d{0,8}$/

const versionObjections = (machine: AnyStateMachine, migrate: Readonly<Record<string, Migration>>): string[] => {
  if (!WHOLE.test(machine.version ?? '')) return [`version ${machine.version ?? 'missing'}: count it, createMachine({ version: '1', … })`]
  return Object.keys(migrate)
    .filter(from => !WHOLE.test(from) || Number(from) >= Number(machine.version))
    .map(from => `migrate ${from}: migrations lead from versions before ${machine.version}`)
}
