import { expect } from 'chai'
import {
  type AnyActorRef,
  type AnyStateMachine,
  assign,
  createMachine,
  emit,
  enqueueActions,
  forwardTo,
  fromCallback,
  fromEventObservable,
  fromObservable,
  fromPromise,
  fromTransition,
  log,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate'
import { defineKind } from '../../actors/kinds/define.ts'
import type { Stamped } from '../../actors/kinds/kind.ts'

const kindOf = (machine: AnyStateMachine) => defineKind({ name: 'odd', stream: 'LAB', machine, creates: 'create' })
const event = (type: string): Stamped => ({
  type,
  stamp: { id: 'o-1', at: '2026-01-01T00:00:00.000Z', by: { role: 'ops', id: 'x' }, commandId: 'c-1' },
})
const never = { subscribe: () => ({ unsubscribe: () => undefined }) }
const invoking = (actors: Readonly<Record<string, unknown>>, src = 'work'): AnyStateMachine =>
  createMachine({ id: 'odd', version: '1', initial: 'a', states: { a: { invoke: { src } } } }).provide({ actors: actors as never })
const acting = (action: unknown) =>
  createMachine({ id: 'odd', version: '1', initial: 'a', states: { a: { on: { go: { actions: action as never } } } } })

describe('a machine that the runtime cannot carry is refused when its kind is defined', () => {
  const refused: readonly (readonly [what: string, machine: () => AnyStateMachine, where: string, instead: string])[] = [
    ['a callback', () => invoking({ work: fromCallback(() => undefined) }), 'odd.a', 'fromPromise'],
    ['an observable', () => invoking({ work: fromObservable(() => never) }), 'odd.a', 'send each value as a command'],
    ['an observable of events', () => invoking({ work: fromEventObservable(() => never) }), 'odd.a', 'send each value as a command'],
    ['a transition actor', () => invoking({ work: fromTransition(state => state, {}) }), 'odd.a', 'keep its state in the context'],
    ['a machine', () => invoking({ work: createMachine({}) }), 'odd.a', 'make it a kind of its own'],
    ['a source that nobody made', () => invoking({}), 'odd.a', 'nothing is called work'],
    ['a source that is no token', () => invoking({ 'a b': fromPromise(async () => 1) }, 'a b'), 'odd.a', 'letters, digits'],
    ['the runtime’s own source', () => invoking({ tell: fromPromise(async () => 1) }, 'tell'), 'odd.a', 'choose another'],
    [
      'a source without a name',
      () => createMachine({ id: 'odd', version: '1', invoke: { src: fromPromise(async () => 1) } }),
      'odd',
      'name the source',
    ],
    [
      'onSnapshot',
      () =>
        setup({ actors: { work: fromPromise(async () => 1) } }).createMachine({
          id: 'odd',
          version: '1',
          invoke: { src: 'work', onSnapshot: {} },
        }),
      'odd',
      'use onDone',
    ],
    ['spawnChild', () => acting(spawnChild(fromPromise(async () => 1))), 'odd.a, on go', 'invoke a promise'],
    ['sendTo', () => acting(sendTo('someone', { type: 'x' })), 'odd.a, on go', 'emit a tell'],
    ['sendParent', () => acting(sendParent({ type: 'x' })), 'odd.a, on go', 'emit a tell'],
    ['forwardTo', () => acting(forwardTo('someone')), 'odd.a, on go', 'emit a tell'],
    ['stopChild of a reference', () => acting(stopChild(({ context }) => context as AnyActorRef)), 'odd.a, on go', 'by its id'],
    [
      'a function as an action',
      () => acting(() => undefined),
      'odd.a, on go',
      'use assign for context, invoke for effects, emit for announcements',
    ],
    [
      'a named action that is a function',
      () =>
        setup({ actions: { print: () => undefined } }).createMachine({
          id: 'odd',
          version: '1',
          initial: 'a',
          states: { a: { entry: 'print' } },
        }),
      'odd.a, entry: the action print',
      'invoke for effects',
    ],
    ['an action that nobody made', () => acting('prnit'), 'odd.a, on go', 'nothing is called prnit'],
    [
      'a function on exit, in always, after a time, in an initial transition',
      () => {
        const act = () => undefined
        return createMachine({
          id: 'odd',
          version: '1',
          initial: { target: 'a', actions: act },
          states: { a: { exit: act, always: { guard: () => false, actions: act }, after: { 10: { actions: act } } } },
        })
      },
      'odd, initial',
      'state odd.a, exit',
    ],
    ['no version', () => createMachine({ id: 'odd' }), 'version missing', "createMachine({ version: '1'"],
    ['a version that does not count', () => createMachine({ id: 'odd', version: '1.2-beta' }), 'version 1.2-beta', 'count it'],
  ]
  for (const [what, machine, where, instead] of refused)
    it(`${what}: ${instead}`, () => {
      expect(() => kindOf(machine()))
        .to.throw('the machine of kind odd cannot be carried')
        .with.property('message')
        .that.includes(where)
        .and.includes(instead)
    })

  it('tells every reason at once', () => {
    const act = () => undefined
    const machine = createMachine({ id: 'odd', initial: 'a', states: { a: { entry: act, exit: [act, sendParent({ type: 'x' })] } } })
    expect(() => kindOf(machine))
      .to.throw()
      .with.property('message')
      .that.satisfies((message: string) => message.split('\n').length === 5)
  })

  it('and everything else is taken', () => {
    const machine = setup({
      actors: { work: fromPromise(async () => 1) },
      actions: { noted: assign({}), told: emit({ type: 'tell', to: 'odd/o-2', event: { type: 'x' } }) },
    }).createMachine({
      id: 'odd',
      version: '3',
      entry: ['noted', { type: 'told' }, raise({ type: 'x' }), log('x'), enqueueActions(() => undefined), stopChild('w')],
      invoke: { id: 'w', src: 'work' },
    })
    expect(kindOf(machine).machine).to.equal('odd@3')
  })
})

describe('what only shows when a machine runs fails the step, in clear words', () => {
  const refused: readonly (readonly [what: string, action: unknown, instead: string])[] = [
    ['a spawn in an assign', assign(({ spawn }) => ({ child: spawn(fromPromise(async () => 1)) })), 'invoke a promise'],
    [
      'a spawned child among enqueued actions',
      enqueueActions(({ enqueue }) =>
        enqueue.spawnChild(
          fromPromise(async () => 1),
          { id: 'c' },
        ),
      ),
      'invoke a promise',
    ],
    ['a sendTo among enqueued actions', enqueueActions(({ enqueue, self }) => enqueue.sendTo(self, { type: 'x' })), 'use raise for itself'],
    ['a function among enqueued actions', enqueueActions(({ enqueue }) => enqueue(() => undefined)), 'use assign for context'],
  ]
  for (const [what, action, instead] of refused)
    it(what, () => {
      const kind = kindOf(acting(action))
      const started = kind.start(event('create'))
      if (started.kind !== 'moved') throw new Error('not started')
      expect(() => kind.step(started.state, event('go'))).to.throw(instead)
    })

  it('a spawn in the making of the context', () => {
    const machine = createMachine({ id: 'odd', version: '1', context: ({ spawn }) => ({ child: spawn(fromPromise(async () => 1)) }) })
    expect(() => kindOf(machine).start(event('create'))).to.throw('invoke a promise')
  })

  it('a machine that never comes to rest', () => {
    const machine = createMachine({ id: 'odd', version: '1', initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } })
    expect(() => kindOf(machine).start(event('create'))).to.throw('Infinite loop')
  })
})
