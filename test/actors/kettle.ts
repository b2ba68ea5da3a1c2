import { assign, emit, fromPromise, setup } from 'xstate'
import { defineKind } from '../../actors/kinds/define.ts'
import { actorStream, DEADLETTERS } from './declared.ts'

/** A small machine with one of everything the runtime carries: a timer, an effect, an announcement, a guard, a fault. */
const kettleMachine = setup({
  types: {
    context: {} as { readonly cups: number; readonly note: string; readonly boilMs: number },
    input: {} as { readonly boilMs?: number },
    events: {} as
      | { readonly type: 'heat' | 'stop' | 'break' | 'pour' }
      | { readonly type: 'xstate.done.actor.whistle'; readonly output: { readonly tune: string } },
    emitted: {} as { readonly type: 'steam'; readonly cups: number },
  },
  actors: { whistle: fromPromise<{ tune: string }, { cups: number }>(() => Promise.reject(new Error('runs in a worker'))) },
  delays: { boil: ({ context }) => context.boilMs },
  guards: { hasWater: ({ context }) => context.cups < 1_000_000 },
}).createMachine({
  id: 'kettle',
  version: '1',
  context: ({ input }) => ({ cups: 0, note: '', boilMs: input.boilMs ?? 1_000 }),
  initial: 'cold',
  on: {
    break: {
      actions: assign(() => {
        throw new Error('the handle came off')
      }),
    },
  },
  states: {
    cold: { on: { heat: 'heating', pour: { guard: 'hasWater', actions: assign({ cups: ({ context }) => context.cups + 1 }) } } },
    heating: { after: { boil: 'hot' }, on: { stop: 'cold' } },
    hot: {
      entry: emit(({ context }) => ({ type: 'steam', cups: context.cups })),
      invoke: {
        id: 'whistle',
        src: 'whistle',
        input: ({ context }) => ({ cups: context.cups }),
        onDone: { target: 'whistled', actions: assign({ note: ({ event }) => event.output.tune }) },
        onError: { target: 'cold', actions: assign({ note: ({ event }) => (event.error as { message: string }).message }) },
      },
      on: { stop: 'cold' },
    },
    whistled: { type: 'final' },
  },
})

export const kettleKind = defineKind({
  name: 'kettle',
  stream: 'KETTLES',
  machine: kettleMachine,
  creates: 'fill',
  outRoute: () => ['kitchen'],
})

export const KETTLE_STREAMS = [
  actorStream('KETTLES', ['evt.kettle.>', 'fx.*.kettle.>', 'timer.kettle.>', 'due.kettle.>', 'out.steam.>']),
  { name: 'INBOX', subjects: ['inbox.>'], retention: 'workqueue', storage: 'file', allow_direct: true },
  DEADLETTERS,
]
