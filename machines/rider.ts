import { setup } from 'xstate'

interface RiderContext {
  readonly id: string
  readonly name: string
  readonly phone: string
}

/** A rider's day. Positions are not here: they are no history, and 25,000 of them a second must not touch a disk. */
export const riderMachine = setup({
  types: {
    context: {} as RiderContext,
    input: {} as { readonly name: string; readonly phone: string; readonly stamp: { readonly id: string } },
    events: {} as { readonly type: 'goOnline' | 'goOffline' },
  },
}).createMachine({
  id: 'rider',
  version: '1',
  context: ({ input }) => ({ id: input.stamp.id, name: input.name, phone: input.phone }),
  initial: 'offline',
  states: {
    offline: { on: { goOnline: 'idle' } },
    idle: { on: { goOffline: 'offline' } },
  },
})
