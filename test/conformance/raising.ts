import { assign, emit, enqueueActions, log, raise } from 'xstate'
import { both, FRESH, lab, note, type Specimen, types } from './lab.ts'

const begin = { version: '1', context: FRESH } as const

/** `raise`, `emit`, `enqueueActions`, and actions in their order. */
export const RAISING: readonly Specimen[] = [
  {
    shows: 'raised events, after the step that raised them',
    events: types('go', 'back'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      states: {
        a: { ...both('a'), on: { go: { target: 'b', actions: [raise({ type: 'inner' }), raise({ type: 'second' }), note('go')] } } },
        b: { ...both('b'), on: { inner: { target: 'c', actions: note('inner') }, back: 'a' } },
        c: { ...both('c'), on: { second: { actions: note('second') }, back: 'a' } },
      },
    }),
  },
  {
    shows: 'a raise on entry, from the very beginning',
    events: types('x'),
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      entry: [raise({ type: 'hello' }), note('root')],
      on: { hello: { actions: note('hello') } },
      states: { a: { entry: raise({ type: 'go' }), on: { go: 'b' } }, b: { on: { x: { target: 'a' } } } },
    }),
  },
  {
    shows: 'a raised event that other regions hear',
    events: types('a', 'b'),
    machine: lab.createMachine({
      ...begin,
      type: 'parallel',
      states: {
        p: {
          initial: 'one',
          states: { one: { on: { a: { target: 'two', actions: raise({ type: 'ping' }) } } }, two: { on: { pong: 'one' } } },
        },
        q: {
          initial: 'one',
          states: { one: { on: { ping: 'two' } }, two: { on: { b: { target: 'one', actions: raise({ type: 'pong' }) } } } },
        },
      },
    }),
  },
  {
    shows: 'emitted events, in their order',
    events: [...types('go'), { type: 'say', word: 'hi' }],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      entry: emit({ type: 'born' }),
      states: {
        a: {
          exit: emit({ type: 'left', from: 'a' }),
          on: {
            go: { target: 'b', actions: emit(({ context }) => ({ type: 'going', count: context.count })) },
            say: { actions: emit(({ event }) => ({ type: 'said', word: event.word })) },
          },
        },
        b: { entry: ['count', emit(({ context }) => ({ type: 'came', count: context.count }))], on: { go: 'a' } },
      },
    }),
  },
  {
    shows: 'an event that only emits',
    events: types('call', 'x'),
    machine: lab.createMachine({ ...begin, on: { call: { actions: emit({ type: 'called' }) } } }),
  },
  {
    shows: 'actions that are chosen when they run',
    events: [...types('go', 'count', 'boom'), { type: 'go', flag: true }],
    machine: lab.createMachine({
      ...begin,
      initial: 'a',
      on: { count: { actions: 'count' }, boom: { actions: note('boom') }, inner: { actions: note('inner') } },
      states: {
        a: {
          on: {
            go: {
              actions: enqueueActions(({ context, event, enqueue, check }) => {
                enqueue.assign({ trail: [...context.trail, 'first'] })
                if (event.flag) enqueue.raise({ type: 'inner' })
                if (check('many')) enqueue.emit({ type: 'many', count: context.count })
                else enqueue.raise({ type: 'boom' }, { id: 'late', delay: 30 })
                if (context.count > 2) enqueue.cancel('late')
                enqueue(note('last'))
              }),
            },
          },
        },
      },
    }),
  },
  {
    shows: 'context seen by each action in turn, and a log nobody needs',
    events: [{ type: 'add', n: 2 }, { type: 'add', n: 5 }, { type: 'x' }],
    machine: lab.createMachine({
      ...begin,
      on: {
        add: {
          actions: [
            assign({ count: ({ context, event }) => context.count + Number(event.n) }),
            log('added'),
            assign(({ context }) => ({ wait: context.count * 2, trail: [...context.trail, `${context.count}/${context.wait}`] })),
            emit(({ context }) => ({ type: 'sum', count: context.count, wait: context.wait })),
          ],
        },
      },
    }),
  },
]
