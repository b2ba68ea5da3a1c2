import { assign, fromPromise, setup } from 'xstate'
import { defineKind } from '../../actors/kinds/define.ts'
import type { Kind, Migration } from '../../actors/kinds/kind.ts'
import { actorStream, DEADLETTERS } from './declared.ts'

const bulb = fromPromise<number, unknown>(() => Promise.reject(new Error('runs in a worker')))

/** The first release: on for a second, then tired; the bulb is fetched meanwhile. */
const firstMachine = setup({
  types: { context: {} as { readonly watts: number }, events: {} as { readonly type: 'switch' } },
  actors: { bulb },
}).createMachine({
  id: 'lamp',
  version: '1',
  context: { watts: 0 },
  initial: 'off',
  states: {
    off: { on: { switch: 'on' } },
    on: {
      invoke: { id: 'bulb', src: 'bulb', onDone: { actions: assign({ watts: ({ event }) => event.output }) } },
      after: { 1000: 'tired' },
      on: { switch: 'off' },
    },
    tired: {},
  },
})

/** The second: `on` is called `lit`, its effect `filament`, and it can be dimmed. */
const secondMachine = setup({
  types: {
    context: {} as { readonly watts: number; readonly dimmed: boolean },
    events: {} as { readonly type: 'switch' | 'dim' },
  },
  actors: { bulb },
}).createMachine({
  id: 'lamp',
  version: '2',
  context: { watts: 0, dimmed: false },
  initial: 'off',
  states: {
    off: { on: { switch: 'lit' } },
    lit: {
      invoke: { id: 'filament', src: 'bulb', onDone: { actions: assign({ watts: ({ event }) => event.output }) } },
      after: { 1000: 'tired' },
      on: { switch: 'off', dim: { actions: assign({ dimmed: true }) } },
    },
    tired: {},
  },
})

const renamed = <Wait>(waits: Readonly<Record<string, Wait>>, names: Readonly<Record<string, string>>): Record<string, Wait> =>
  Object.fromEntries(Object.entries(waits).map(([id, wait]) => [names[id] ?? id, wait]))

const fromFirst: Migration = ({ state, waits }) => ({
  state: { ...state, value: state.value === 'on' ? 'lit' : state.value, context: { ...state.context, dimmed: false } },
  waits: {
    invokes: renamed(waits.invokes, { bulb: 'filament' }),
    timers: renamed(waits.timers, { 'xstate.after.1000.lamp.on': 'xstate.after.1000.lamp.lit' }),
  },
})

const base = { name: 'lamp', stream: 'LAMPS', creates: 'buy' } as const
export const firstLamp: Kind = defineKind({ ...base, machine: firstMachine })
export const secondLamp: Kind = defineKind({ ...base, machine: secondMachine, migrate: { '1': fromFirst } })
/** Knows how to go on, but has given up what was waited for. */
export const forgetfulLamp: Kind = defineKind({
  ...base,
  machine: secondMachine,
  migrate: { '1': old => ({ ...fromFirst(old), waits: { invokes: {}, timers: {} } }) },
})
/** Somebody forgot the migration. */
export const strandedLamp: Kind = defineKind({ ...base, machine: secondMachine })

export const LAMP_STREAMS = [actorStream('LAMPS', ['evt.lamp.>', 'fx.*.lamp.>', 'timer.lamp.>', 'due.lamp.>']), DEADLETTERS]
