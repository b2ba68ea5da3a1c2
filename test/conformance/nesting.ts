import { both, FRESH, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

export const NESTING: readonly Specimen[] = [
  {
    shows: 'a flat cycle',
    events: types('next', 'reset'),
    machine: lab.createMachine({
      ...begin,
      initial: 'red',
      on: { reset: '.red' },
      states: {
        red: { ...both('red'), on: { next: 'green' } },
        green: { ...both('green'), on: { next: 'amber' } },
        amber: { on: { next: 'red' } },
      },
    }),
  },
  {
    shows: 'entry and exit in order, three levels deep',
    events: types('in', 'over', 'out', 'up'),
    machine: lab.createMachine({
      ...begin,
      ...both('root'),
      initial: 'a',
      states: {
        a: {
          ...both('a'),
          initial: 'b',
          on: { out: 'z' },
          states: {
            b: {
              ...both('b'),
              initial: 'c',
              on: { up: '#deep' },
              states: { c: { ...both('c'), on: { over: 'd' } }, d: { id: 'deep', ...both('d') } },
            },
          },
        },
        z: { ...both('z'), on: { in: 'a', up: 'a.b.d' } },
      },
    }),
  },
  {
    shows: 'a child’s handler before its parent’s',
    events: types('ask', 'go', 'back'),
    machine: lab.createMachine({
      ...begin,
      initial: 'parent',
      on: { ask: { actions: note('root') } },
      states: {
        parent: {
          initial: 'plain',
          on: { ask: { actions: note('parent') }, back: '.plain' },
          states: { plain: { on: { go: 'own' } }, own: { on: { ask: { actions: note('own') }, go: 'deaf' } }, deaf: { on: { ask: {} } } },
        },
      },
    }),
  },
  {
    shows: 'internal transitions and re-entry of a parent',
    events: types('inside', 'again', 'self', 'selfAgain', 'step'),
    machine: lab.createMachine({
      ...begin,
      initial: 'box',
      states: {
        box: {
          ...both('box'),
          initial: 'x',
          on: {
            inside: '.y',
            again: { target: '.y', reenter: true },
            self: { target: 'box', actions: note('self') },
            selfAgain: { target: 'box', reenter: true, actions: note('selfAgain') },
          },
          states: { x: { ...both('x'), on: { step: 'y' } }, y: { ...both('y'), on: { step: 'x' } } },
        },
      },
    }),
  },
  {
    shows: 're-entry of the root',
    events: types('step', 'restart', 'quiet'),
    machine: lab.createMachine({
      ...begin,
      id: 'top',
      ...both('top'),
      initial: 'one',
      on: { restart: { target: '#top', reenter: true }, quiet: { target: '.two' } },
      states: { one: { ...both('one'), on: { step: 'two' } }, two: { ...both('two'), on: { step: 'one' } } },
    }),
  },
  {
    shows: 'targetless transitions, and events that are forbidden below',
    events: types('tick', 'mute', 'speak'),
    machine: lab.createMachine({
      ...begin,
      initial: 'loud',
      on: { tick: { actions: ['count', note('tick')] } },
      states: { loud: { on: { mute: 'silent' } }, silent: { on: { tick: undefined, speak: 'loud' } } },
    }),
  },
  {
    shows: 'actions of an initial transition',
    events: types('in', 'out'),
    machine: lab.createMachine({
      ...begin,
      initial: 'outer',
      states: {
        outer: { ...both('outer'), on: { in: 'room' } },
        room: {
          ...both('room'),
          initial: { target: 'chair', actions: note('sits') },
          states: { chair: both('chair') },
          on: { out: 'outer' },
        },
      },
    }),
  },
  {
    shows: 'ids with dots, targets by id',
    events: types('a', 'b', 'home'),
    machine: lab.createMachine({
      ...begin,
      id: 'my.machine',
      initial: 'home',
      states: {
        home: { id: 'the.home', on: { a: 'rooms.bath', b: '#kitchen' } },
        rooms: {
          initial: 'hall',
          on: { home: '#home-again' },
          states: { hall: {}, bath: { id: 'the.bath' }, kitchen: { id: 'kitchen', on: { a: 'bath' } } },
        },
        again: { id: 'home-again', on: { a: 'rooms' } },
      },
    }),
  },
]
