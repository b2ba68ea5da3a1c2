import { assign, setup } from 'xstate'

/** Everything · no SMS in the place of an AlimTalk · the last status of an order only. */
export const CHANNEL_MODES = ['all', 'noSms', 'newestOnly'] as const
export type ChannelMode = (typeof CHANNEL_MODES)[number]

export interface ChannelContext {
  readonly id: string
  /** Why it is as it is; empty at the beginning. */
  readonly reason: string
  /** ISO 8601 UTC. */
  readonly since: string
}
interface Stamp {
  readonly id: string
  readonly at: string
}
export interface ChannelEvent {
  readonly type: 'setMode'
  readonly mode: ChannelMode
  readonly reason: string
  readonly stamp: Stamp
}

const note = assign<ChannelContext, ChannelEvent, undefined, ChannelEvent, never>(({ event }) => ({
  reason: event.reason,
  since: event.stamp.at,
}))
const to = (mode: ChannelMode) => ({
  guard: ({ event }: { readonly event: ChannelEvent }) => event.mode === mode,
  target: mode,
  actions: note,
})

/** A way to reach customers, and how much of it is suspended under load: its records are the story of its suspensions. */
export const channelMachine = setup({
  types: { context: {} as ChannelContext, input: {} as { readonly stamp: Stamp }, events: {} as ChannelEvent },
}).createMachine({
  id: 'channel',
  version: '1',
  context: ({ input }) => ({ id: input.stamp.id, reason: '', since: input.stamp.at }),
  initial: 'all',
  states: {
    all: { on: { setMode: [to('noSms'), to('newestOnly')] } },
    noSms: { on: { setMode: [to('all'), to('newestOnly')] } },
    newestOnly: { on: { setMode: [to('all'), to('noSms')] } },
  },
})
