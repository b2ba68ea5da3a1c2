import { cancel, raise } from 'xstate'
import { both, FRESH, hears, lab, note, type Specimen, time, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

/** `after`, delayed `raise`, `cancel`. */
export const TIMING: readonly Specimen[] = [
  {
    shows: 'after a fixed time',
    events: types('stop', 'go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'run',
      states: {
        run: { ...both('run'), after: { 50: 'late' }, on: { stop: 'idle' } },
        late: { on: { go: 'run' } },
        idle: { on: { go: 'run' } },
      },
    }),
  },
  {
    shows: 'after a time by name, and by context',
    events: types('longer', 'again'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { longer: { actions: 'longer' } },
      states: {
        a: { after: { brief: 'b' } },
        b: { after: { waited: { target: 'c', actions: note('waited') } } },
        c: { on: { again: 'a' }, after: { counted: { actions: ['count', note('c')] } } },
      },
    }),
  },
  {
    shows: 'several afters in one state, some guarded',
    events: types('count', 'again'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { count: { actions: 'count' } },
      states: {
        a: {
          after: {
            20: { actions: note('twenty') },
            40: [
              { guard: 'many', target: 'b' },
              { guard: 'few', actions: note('forty') },
            ],
            60: 'c',
          },
        },
        b: { on: { again: 'a' } },
        c: { on: { again: 'a' } },
      },
    }),
  },
  {
    shows: 'timers of the same instant, in the order they were set',
    events: types('go'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        z: { initial: 'a', states: { a: { after: { 30: { target: 'b', actions: note('z') } } }, b: { on: { go: 'a' } } } },
        y: { initial: 'a', states: { a: { after: { 30: { target: 'b', actions: note('y') } } }, b: { on: { go: 'a' } } } },
        x: {
          initial: 'a',
          states: {
            a: { after: { 10: { target: 'c', actions: note('x') } } },
            c: { after: { 20: { target: 'b', actions: note('xx') } } },
            b: { on: { go: 'a' } },
          },
        },
      },
    }),
  },
  {
    shows: 're-entry starts the time anew, an internal transition does not',
    events: types('anew', 'inside', 'back'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: {
          initial: 'x',
          after: { 50: 'b' },
          on: { anew: { target: 'a', reenter: true }, inside: '.y' },
          states: { x: {}, y: { after: { 20: { target: 'x', actions: note('y') } } } },
        },
        b: { on: { back: 'a' } },
      },
    }),
  },
  {
    shows: 'after no time at all',
    events: types('go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { on: { go: 'b' } },
        b: { ...both('b'), after: { 0: 'c' } },
        c: { ...both('c'), after: { 0: { target: 'a', actions: note('zero') } } },
      },
    }),
  },
  {
    shows: 'an after that always leaves at once',
    events: types('go'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { on: { go: 'b' } },
        b: { after: { 20: { target: 'a', actions: note('never') } }, always: 'c' },
        c: { on: { go: 'a' } },
      },
    }),
  },
  {
    shows: 'a delayed raise that is cancelled by its id',
    events: types('arm', 'disarm', 'next'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { boom: { actions: note('boom') }, next: { actions: note('next') } },
      states: {
        a: { on: { arm: { target: 'b', actions: raise({ type: 'boom' }, { id: 'fuse', delay: 30 }) } } },
        b: { on: { disarm: { target: 'a', actions: cancel('fuse') }, boom: { target: 'a', actions: note('bang') } } },
      },
    }),
  },
  {
    shows: 'delayed raises without a name, which outlive their state',
    events: types('arm', 'step'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { arm: { actions: ['count', raise(({ context }) => ({ type: 'boom', of: context.count }), { delay: 'counted' })] } },
      states: { a: { on: { step: 'b', boom: { actions: note('boom a') } } }, b: { on: { step: 'a', boom: { actions: note('boom b') } } } },
    }),
  },
  {
    shows: 'two delayed raises of one name: both come, and a cancel reaches the newer until the older has come',
    events: types('arm', 'disarm'),
    story: [
      ...hears('arm'),
      time(20),
      ...hears('arm', 'disarm'),
      time(60),
      ...hears('arm'),
      time(20),
      ...hears('arm'),
      time(20),
      ...hears('disarm'),
      time(60),
    ],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: {
          on: {
            arm: { actions: ['count', raise(({ context }) => ({ type: 'boom', of: context.count }), { id: 'fuse', delay: 40 })] },
            disarm: { actions: cancel('fuse') },
            boom: { actions: 'noteEvent' },
          },
        },
      },
    }),
  },
  {
    shows: 'a timer set and cancelled in one step',
    events: types('both', 'other', 'plain'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: {
          on: {
            both: { actions: [raise({ type: 'boom' }, { id: 'x', delay: 20 }), cancel('x'), note('both')] },
            other: { actions: [cancel('x'), raise({ type: 'boom' }, { id: 'x', delay: 20 })] },
            plain: { actions: cancel(({ event }) => (event.type === 'plain' ? 'x' : 'y')) },
            boom: { actions: note('boom') },
          },
        },
      },
    }),
  },
  {
    shows: 'a cancelled after',
    events: types('hold', 'again'),
    machine: lab.createMachine({
      ...begin,
      id: 'm',
      initial: 'a',
      states: {
        a: { after: { 30: 'b' }, on: { hold: { actions: cancel('xstate.after.30.m.a') }, again: { target: 'a', reenter: true } } },
        b: { on: { again: 'a' } },
      },
    }),
  },
]
