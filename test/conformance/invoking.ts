import { type AnyEventObject, assign, emit, raise, stopChild } from 'xstate'
import { both, FRESH, type LabContext, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

/** `invoke` of promises: the generator lets each of them end well, end badly, or end too late. */
export const INVOKING: readonly Specimen[] = [
  {
    shows: 'an effect with onDone and onError',
    events: types('go', 'stop'),
    machine: lab.createMachine({
      ...begin,
      initial: 'idle',
      states: {
        idle: { on: { go: 'busy' } },
        busy: {
          invoke: {
            id: 'w',
            src: 'work',
            input: ({ context }: { context: LabContext }) => ({ count: context.count }),
            onDone: { target: 'idle', actions: ['count', 'noteOutput'] },
            onError: { target: 'sick', actions: 'noteError' },
          },
          on: { stop: 'idle' },
        },
        sick: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 'an effect nobody gave a name',
    events: types('go', 'stop'),
    machine: lab.createMachine({
      ...begin,
      initial: 'busy',
      states: {
        busy: {
          ...both('busy'),
          invoke: { src: 'work', onDone: { target: 'idle', actions: 'noteOutput' }, onError: 'idle' },
          on: { stop: 'idle' },
        },
        idle: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 'a failure nobody handles, which ends the actor',
    events: types('go', 'stop', 'x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'idle',
      on: { x: { actions: 'count' } },
      states: {
        idle: { on: { go: 'busy' } },
        busy: { after: { 50: { actions: note('still') } }, invoke: { id: 'w', src: 'work', onDone: 'idle' }, on: { stop: 'idle' } },
      },
    }),
  },
  {
    shows: 'a result nobody handles',
    events: types('go', 'stop'),
    machine: lab.createMachine({
      ...begin,
      initial: 'busy',
      states: {
        busy: { invoke: { id: 'w', src: 'work', onError: { target: 'idle', actions: 'noteError' } }, on: { stop: 'idle' } },
        idle: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 're-entry, which invokes anew and forgets the old',
    events: types('anew', 'inside', 'stop', 'go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'busy',
      states: {
        busy: {
          initial: 'x',
          invoke: {
            id: 'w',
            src: 'work',
            input: ({ event }: { event: AnyEventObject }) => event.type,
            onDone: { target: 'idle', actions: 'noteOutput' },
            onError: { actions: 'noteError' },
          },
          on: { anew: { target: 'busy', reenter: true }, inside: '.y', stop: 'idle' },
          states: { x: {}, y: { entry: note('y') } },
        },
        idle: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 'several effects at once, and one in each region',
    events: types('go', 'stop'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        p: {
          initial: 'busy',
          states: {
            busy: {
              invoke: [
                { id: 'w1', src: 'work', onDone: { actions: note('w1') }, onError: { actions: note('w1!') } },
                { id: 'w2', src: 'other', onDone: { target: 'rest', actions: note('w2') }, onError: 'rest' },
              ],
              on: { stop: 'rest' },
            },
            rest: { on: { go: 'busy' } },
          },
        },
        q: {
          initial: 'busy',
          states: {
            busy: { invoke: { src: 'work', onDone: 'rest', onError: 'rest' } },
            rest: { entry: note('q rests'), on: { go: 'busy' } },
          },
        },
      },
    }),
  },
  {
    shows: 'an effect of the root, heard in whatever state',
    events: types('step'),
    machine: lab.createMachine({
      ...begin,
      id: 'm',
      invoke: { id: 'w', src: 'work', onDone: { target: '.end', actions: 'noteOutput' }, onError: { actions: 'noteError' } },
      initial: 'a',
      states: { a: { on: { step: 'b' } }, b: { on: { step: 'a' } }, end: { on: { step: { target: '#m', reenter: true } } } },
    }),
  },
  {
    shows: 'a state that is left as soon as it is entered invokes nothing',
    events: types('go', 'count'),
    machine: lab.createMachine({
      ...begin,
      initial: 'idle',
      on: { count: { actions: 'count' } },
      states: {
        idle: { on: { go: 'busy' } },
        busy: {
          invoke: { id: 'w', src: 'work', onDone: { target: 'idle', actions: 'noteOutput' }, onError: 'idle' },
          always: { guard: 'even', target: 'idle' },
        },
      },
    }),
  },
  {
    shows: 'one name for two effects, one after the other',
    events: types('next'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: {
          invoke: { id: 'w', src: 'work', onDone: { target: 'b', actions: note('a done') }, onError: { actions: 'noteError' } },
          on: { next: 'b' },
        },
        b: {
          invoke: {
            id: 'w',
            src: 'other',
            onDone: { target: 'a', actions: 'noteOutput' },
            onError: { target: 'a', actions: note('b failed') },
          },
          on: { next: 'a' },
        },
      },
    }),
  },
  {
    shows: 'an effect that is stopped by its name, its state staying',
    events: types('halt', 'leave', 'go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'busy',
      states: {
        busy: {
          invoke: { id: 'w', src: 'work', onDone: { target: 'idle', actions: 'noteOutput' }, onError: 'idle' },
          on: { halt: { actions: [stopChild('w'), note('halted')] }, leave: 'idle' },
        },
        idle: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 'wildcards that hear results and failures too',
    events: types('go', 'x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'busy',
      states: {
        busy: {
          invoke: { id: 'w', src: 'work' },
          after: { 40: { actions: note('forty') } },
          on: { '*': { target: 'idle', actions: 'noteEvent' } },
        },
        idle: { on: { go: 'busy' } },
      },
    }),
  },
  {
    shows: 'a payment: effect, deadline, retry and announcement together',
    events: types('pay', 'cancel', 'retry'),
    machine: lab.createMachine({
      ...begin,
      initial: 'waiting',
      states: {
        waiting: { on: { pay: 'charging', cancel: 'canceled' }, after: { waited: 'canceled' } },
        charging: {
          entry: 'count',
          invoke: {
            id: 'charge',
            src: 'work',
            input: ({ context }: { context: LabContext }) => ({ attempt: context.count }),
            onDone: [{ guard: ({ event }) => (event.output as { ok?: boolean }).ok === true, target: 'paid' }, { target: 'asking' }],
            onError: { target: 'waiting', actions: ['longer', raise({ type: 'failed' })] },
          },
          after: { 60: 'asking' },
        },
        asking: { invoke: { id: 'lookUp', src: 'other', onDone: 'paid', onError: 'charging' }, on: { cancel: 'canceled' } },
        paid: { entry: emit(({ context }) => ({ type: 'paid', attempts: context.count })) },
        canceled: { entry: emit({ type: 'canceled' }), on: { retry: { target: 'waiting', actions: assign({ count: 0 }) } } },
      },
    }),
  },
]
