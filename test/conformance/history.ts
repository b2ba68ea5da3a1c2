import { both, FRESH, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const
const rooms = { initial: 'a', states: { a: { ...both('a'), on: { step: 'b' } }, b: { ...both('b'), on: { step: 'a' } } } } as const

export const HISTORY: readonly Specimen[] = [
  {
    shows: 'shallow history',
    events: types('step', 'off', 'on', 'fresh'),
    machine: lab.createMachine({
      ...begin,
      initial: 'house',
      states: {
        house: {
          initial: 'up',
          on: { off: 'dark' },
          states: { hist: { type: 'history' }, up: { ...rooms, on: { fresh: 'down' } }, down: { ...rooms, on: { fresh: 'up' } } },
        },
        dark: { on: { on: 'house.hist', fresh: 'house' } },
      },
    }),
  },
  {
    shows: 'deep history',
    events: types('step', 'off', 'on', 'fresh'),
    machine: lab.createMachine({
      ...begin,
      initial: 'house',
      states: {
        house: {
          initial: 'up',
          on: { off: 'dark' },
          states: {
            hist: { type: 'history', history: 'deep' },
            up: { ...rooms, on: { fresh: 'down' } },
            down: { ...rooms, on: { fresh: 'up' } },
          },
        },
        dark: { on: { on: 'house.hist' } },
      },
    }),
  },
  {
    shows: 'history with a default, never been there',
    events: types('go', 'step', 'off'),
    machine: lab.createMachine({
      ...begin,
      initial: 'dark',
      states: {
        dark: { on: { go: 'house.hist' } },
        house: { on: { off: 'dark' }, ...rooms, states: { ...rooms.states, hist: { type: 'history', target: 'b' } } },
      },
    }),
  },
  {
    shows: 'deep history of parallel regions',
    events: types('step', 'x', 'off', 'on'),
    machine: lab.createMachine({
      ...begin,
      initial: 'both',
      states: {
        both: {
          type: 'parallel',
          on: { off: 'dark' },
          states: {
            hist: { type: 'history', history: 'deep' },
            l: rooms,
            r: {
              initial: 'p',
              states: {
                p: { on: { x: 'q' } },
                q: { initial: 'q1', states: { q1: { on: { x: 'q2' } }, q2: { on: { x: '#p' } } } },
                s: { id: 'p', on: { x: 'p' } },
              },
            },
          },
        },
        dark: { on: { on: 'both.hist' } },
      },
    }),
  },
  {
    shows: 'history of states whose ids have dots',
    events: types('step', 'off', 'on'),
    machine: lab.createMachine({
      ...begin,
      id: 'a.b',
      initial: 'house',
      states: {
        house: {
          initial: 'one',
          on: { off: 'dark' },
          states: {
            back: { id: 'the.way.back', type: 'history' },
            one: { id: 'room.one', on: { step: 'two' } },
            two: { id: 'room.two', on: { step: 'one' } },
          },
        },
        dark: { entry: note('dark'), on: { on: 'house.back' } },
      },
    }),
  },
]
