import { and, assign, not, or } from 'xstate'
import { both, FRESH, hears, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

/** Guards, `always`, and which handler of an event is the one. */
export const DECIDING: readonly Specimen[] = [
  {
    shows: 'guards in turn, the last one open',
    events: [...types('go', 'count'), { type: 'go', flag: true }],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { count: { actions: 'count' } },
      states: {
        a: {
          on: { go: [{ guard: 'flagged', target: 'b', actions: note('flag') }, { guard: 'many', target: 'c' }, { actions: note('no') }] },
        },
        b: { on: { go: { guard: 'even', target: 'a' } } },
        c: { on: { go: { guard: { type: 'atLeast', params: 4 }, target: 'a' } } },
      },
    }),
  },
  {
    shows: 'guards made of guards',
    events: [...types('go', 'count'), { type: 'go', flag: true }],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { count: { actions: 'count' } },
      states: {
        a: { on: { go: { guard: and(['flagged', not('many')]), target: 'b' } } },
        b: { on: { go: { guard: or(['flagged', and(['even', 'many'])]), target: 'a' } } },
      },
    }),
  },
  {
    shows: 'an event that every guard refuses',
    events: types('go', 'count'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: { a: { on: { go: { guard: 'many', target: 'b' }, count: { guard: 'few', actions: 'count' } } }, b: { entry: note('b') } },
    }),
  },
  {
    shows: 'always, as a chain',
    events: types('count', 'back'),
    machine: lab.createMachine({
      ...begin,
      initial: 'low',
      states: {
        low: { ...both('low'), always: { guard: 'many', target: 'mid' }, on: { count: { actions: 'count' } } },
        mid: { ...both('mid'), always: { target: 'high', actions: note('through') } },
        high: { ...both('high'), on: { back: { target: 'low', actions: assign({ count: 0 }) } } },
      },
    }),
  },
  {
    shows: 'always from the very beginning',
    events: types('x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: { a: { entry: 'count', always: 'b' }, b: { entry: 'count', always: { guard: 'many', target: 'c' } }, c: { on: { x: 'a' } } },
    }),
  },
  {
    shows: 'always without a target, until its guard closes',
    events: types('reset', 'x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { always: { guard: 'few', actions: ['count', note('again')] }, on: { reset: { actions: assign({ count: 0 }) }, x: 'b' } },
        b: { on: { x: 'a' } },
      },
    }),
  },
  {
    shows: 'an always that looks at an event nobody handles',
    events: [...types('x'), { type: 'secret', flag: true }],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: { a: { always: { guard: 'flagged', target: 'b' } }, b: { entry: note('opened'), on: { x: 'a' } } },
    }),
  },
  {
    shows: 'always in a parent and in a region',
    events: types('count', 'zero'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      on: { count: { actions: 'count' }, zero: { actions: assign({ count: 0 }) } },
      states: {
        watch: {
          initial: 'low',
          always: { guard: { type: 'atLeast', params: 4 }, actions: [assign({ count: 1 }), note('wrapped')] },
          states: { low: { always: { guard: 'many', target: 'high' } }, high: { always: { guard: 'few', target: 'low' } } },
        },
        idle: { initial: 'x', states: { x: {} } },
      },
    }),
  },
  {
    shows: 'always in two regions at once, asked in the order in which they were entered',
    events: types('count', 'left', 'right', 'zero'),
    story: hears('left', 'count', 'count', 'zero', 'right', 'count', 'count', 'zero', 'left', 'count', 'count'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      on: { count: { actions: 'count' }, zero: { actions: assign({ count: 0 }) } },
      states: {
        l: {
          initial: 'a',
          states: {
            a: { on: { left: 'b' }, always: { guard: 'many', target: 'c', actions: note('la') } },
            b: { on: { left: 'a' }, always: { guard: 'many', target: 'c', actions: note('lb') } },
            c: { always: { guard: 'few', target: 'a', actions: note('lc') } },
          },
        },
        r: {
          initial: 'a',
          states: {
            a: { on: { right: 'b' }, always: { guard: 'many', target: 'c', actions: note('ra') } },
            b: { on: { right: 'a' }, always: { guard: 'many', target: 'c', actions: note('rb') } },
            c: { always: { guard: 'few', target: 'a', actions: note('rc') } },
          },
        },
      },
    }),
  },
  {
    shows: 'the wildcard',
    events: types('known', 'anything', 'else'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { on: { known: 'b', '*': { actions: 'noteEvent' } } },
        b: { on: { '*': { target: 'a', actions: 'noteEvent' }, known: { actions: note('known') } } },
      },
    }),
  },
  {
    shows: 'partial wildcards, the longest first',
    events: types('mouse', 'mouse.click', 'mouse.click.left', 'mouse.move', 'mousey', 'key.up'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: {
          on: {
            'mouse.*': { actions: note('mouse') },
            'mouse.click.*': [
              { guard: 'many', actions: note('many clicks') },
              { guard: 'few', actions: ['count', note('click')] },
            ],
            'mouse.move': { guard: 'many', target: 'b' },
            '*': { actions: note('star') },
          },
        },
        b: { on: { 'key.*': 'a' } },
      },
    }),
  },
  {
    shows: 'routes to states by id',
    events: [
      { type: 'xstate.route', to: '#one' },
      { type: 'xstate.route', to: '#two' },
      { type: 'xstate.route', to: '#nowhere' },
      { type: 'x' },
    ],
    machine: lab.createMachine({
      ...begin,
      initial: 'one',
      states: {
        one: { id: 'one', route: {}, entry: note('one') },
        two: { id: 'two', route: { guard: 'few' }, entry: 'count', on: { x: 'three' } },
        three: {},
      },
    }),
  },
]
