import { stateIn } from 'xstate'
import { both, FRESH, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

export const PARALLEL: readonly Specimen[] = [
  {
    shows: 'two regions, each its own events',
    events: types('a', 'b'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        left: { initial: 'off', states: { off: { ...both('loff'), on: { a: 'on' } }, on: { ...both('lon'), on: { a: 'off' } } } },
        right: { initial: 'off', states: { off: { ...both('roff'), on: { b: 'on' } }, on: { ...both('ron'), on: { b: 'off' } } } },
      },
    }),
  },
  {
    shows: 'one event that moves all regions, one of them re-entered from outside',
    events: types('all', 'left', 'renew'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        left: {
          ...both('left'),
          initial: 'one',
          on: { renew: { target: 'left', reenter: true } },
          states: {
            one: { on: { all: { target: 'two', actions: note('l1') }, left: 'two' } },
            two: { on: { all: { target: 'one', actions: note('l2') } } },
          },
        },
        right: {
          ...both('right'),
          initial: 'one',
          states: {
            one: { on: { all: { target: 'two', actions: note('r1') } } },
            two: { on: { all: { target: 'one', actions: note('r2') } } },
          },
        },
      },
    }),
  },
  {
    shows: 'guards on another region’s state',
    events: types('unlock', 'lock', 'open', 'close'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        bolt: {
          initial: 'shut',
          states: { shut: { on: { unlock: 'free' } }, free: { on: { lock: { guard: stateIn({ door: 'closed' }), target: 'shut' } } } },
        },
        door: {
          initial: 'closed',
          states: { closed: { on: { open: { guard: stateIn({ bolt: 'free' }), target: 'ajar' } } }, ajar: { on: { close: 'closed' } } },
        },
      },
    }),
  },
  {
    shows: 'regions that end, and onDone of the whole',
    events: types('a', 'b', 'again'),
    machine: lab.createMachine({
      ...begin,
      initial: 'work',
      states: {
        work: {
          type: 'parallel',
          onDone: { target: 'rest', actions: 'noteEvent' },
          states: {
            p: {
              initial: 'on',
              onDone: { actions: note('p done') },
              states: { on: { on: { a: 'end' } }, end: { type: 'final', entry: note('p ends') } },
            },
            q: { initial: 'on', states: { on: { on: { b: 'end' } }, end: { type: 'final' } } },
          },
        },
        rest: { on: { again: 'work' } },
      },
    }),
  },
  {
    shows: 'regions within regions, left as a whole',
    events: types('x', 'y', 'leave', 'enter', 'deep'),
    machine: lab.createMachine({
      ...begin,
      initial: 'in',
      states: {
        in: {
          ...both('in'),
          type: 'parallel',
          on: { leave: 'out' },
          states: {
            m: { ...both('m'), initial: 'm1', states: { m1: { on: { x: 'm2' } }, m2: { ...both('m2'), on: { x: 'm1' } } } },
            n: {
              type: 'parallel',
              states: {
                n1: { initial: 'u', states: { u: { on: { y: 'v' } }, v: { ...both('v') } } },
                n2: { initial: 'u', states: { u: { on: { x: 'v' } }, v: { id: 'n2v', ...both('n2v') } } },
              },
            },
          },
        },
        out: { on: { enter: 'in', deep: '#n2v' } },
      },
    }),
  },
  {
    shows: 'several targets in one transition',
    events: types('split', 'swap', 'reset'),
    machine: lab.createMachine({
      ...begin,
      initial: 'start',
      states: {
        start: { on: { split: ['pair.a.two', 'pair.b.two'] } },
        pair: {
          type: 'parallel',
          on: { reset: 'start', swap: ['.a.one', '.b.two'] },
          states: {
            a: { initial: 'one', states: { one: both('a1'), two: both('a2') } },
            b: { initial: 'one', states: { one: both('b1'), two: both('b2') } },
          },
        },
      },
    }),
  },
]
