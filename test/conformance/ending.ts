import { assign, emit, raise, setup } from 'xstate'
import { both, FRESH, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

/** Final states, output, context factories, input. */
export const ENDING: readonly Specimen[] = [
  {
    shows: 'a final state that ends the actor, with output',
    events: types('end', 'count'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      ...both('root'),
      output: ({ context }) => ({ counted: context.count }),
      states: {
        a: { ...both('a'), after: { 90: 'z' }, on: { end: 'z', count: { actions: 'count' } } },
        z: { ...both('z'), type: 'final' },
      },
    }),
  },
  {
    shows: 'output of a final state, seen by onDone and by the whole',
    events: types('end', 'more'),
    machine: lab.createMachine({
      ...begin,
      initial: 'sub',
      output: ({ event }) => ({ of: event.output ?? null }),
      states: {
        sub: {
          initial: 'on',
          onDone: { target: 'after', actions: 'noteOutput' },
          states: {
            on: { on: { end: 'z', more: 'y' } },
            z: { type: 'final', output: ({ context }) => ({ sub: context.count }) },
            y: { type: 'final', output: 'why' },
          },
        },
        after: { entry: 'count', on: { end: 'over', more: 'sub' } },
        over: { type: 'final', output: ({ context }) => context.count },
      },
    }),
  },
  {
    shows: 'an actor that ends as it begins',
    events: types('x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'z',
      output: 'short',
      states: { z: { entry: [note('z'), emit({ type: 'lived' })], type: 'final' } },
    }),
  },
  {
    shows: 'an end with timers and effects under way',
    events: types('end', 'go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      entry: raise({ type: 'later' }, { id: 'later', delay: 40 }),
      invoke: { id: 'w', src: 'work', onDone: { actions: 'noteOutput' }, onError: '.z' },
      on: { later: { actions: note('later') } },
      states: { a: { after: { 70: 'z' }, on: { end: 'z', go: { target: 'a', reenter: true } } }, z: { type: 'final' } },
    }),
  },
  {
    shows: 'parallel regions whose ends end the actor',
    events: types('a', 'b'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      output: ({ context }) => context.trail,
      states: {
        p: { initial: 'on', states: { on: { on: { a: 'end' } }, end: { type: 'final', entry: note('p') } } },
        q: { initial: 'on', states: { on: { on: { b: 'end' }, after: { 80: 'end' } }, end: { type: 'final', entry: note('q') } } },
      },
    }),
  },
  {
    shows: 'raised events and always on the way to the end',
    events: types('go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { on: { go: { target: 'b', actions: raise({ type: 'late' }) } } },
        b: { on: { late: { target: 'c', actions: emit({ type: 'late' }) } } },
        c: { always: 'z' },
        z: { type: 'final', exit: emit({ type: 'gone' }) },
      },
    }),
  },
  {
    shows: 'a context made of the input',
    events: types('count', 'go'),
    input: { wait: 70, from: 5, words: ['a', 'b'] },
    machine: lab.createMachine({
      version: '1',
      context: ({ input }) => ({ trail: [...(input.words as string[])], count: Number(input.from), wait: Number(input.wait) }),
      initial: 'a',
      on: { count: { actions: 'count' } },
      states: { a: { after: { waited: 'b' } }, b: { entry: 'noteEvent', on: { go: 'a' } } },
    }),
  },
  {
    shows: 'a context deep in objects, with dates written as text',
    events: [{ type: 'put', key: 'x', value: { deep: [1, { two: null }] } }, { type: 'put', key: 'y', value: 'text' }, { type: 'clear' }],
    machine: setup({
      types: {
        context: {} as { store: Record<string, unknown>; at: string },
        events: {} as { type: 'put'; key: string; value: unknown } | { type: 'clear' },
      },
    }).createMachine({
      version: '1',
      context: { store: {}, at: '2026-01-01T00:00:00.000Z' },
      on: {
        put: { actions: assign({ store: ({ context, event }) => ({ ...context.store, [event.key]: event.value }) }) },
        clear: { guard: ({ context }) => Object.keys(context.store).length > 1, actions: assign({ store: {} }) },
      },
    }),
  },
]
