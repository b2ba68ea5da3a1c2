import { assign, setup } from 'xstate'
import type { LatLng } from './distance.ts'
import { isReachableAt, type PushEvent, type Reachable, subscribed, unsubscribed } from './push.ts'

/** Opening hours of one weekday, `HH:MM` in the store's zone. `close` at or before `open` means past midnight; equal means around the clock. */
export interface Hours {
  readonly open: string
  readonly close: string
}

export interface StoreProfile extends LatLng {
  readonly name: string
  readonly address: string
  readonly phone: string
  /** IANA zone, `Asia/Seoul`. */
  readonly zone: string
  /** Seven entries, Sunday first; null: closed that day. */
  readonly hours: readonly (Hours | null)[]
  /** Local dates on which no hours begin, `YYYY-MM-DD`. */
  readonly holidays?: readonly string[]
  /** Minutes before closing in which no order is taken any more; default 0. */
  readonly lastOrderLeadMin?: number
  /** Orders taken in a quarter of an hour; null or absent: as many as come. */
  readonly intakeCap?: number | null
}
export interface StoreContext extends StoreProfile, Reachable {
  readonly id: string
  /** While paused: when it opens again by itself, ISO 8601 UTC. */
  readonly pausedUntil?: string
}
interface Stamp {
  readonly id: string
  readonly at: string
}
export type StoreEvent =
  | { readonly type: 'open' | 'close' }
  /** @property minutes 1…2,880 */
  | { readonly type: 'pause'; readonly minutes: number; readonly stamp: Stamp }
  | ({ readonly type: 'update' } & Partial<StoreProfile>)
  | PushEvent

/** A store's own wish to take orders. Its hours are data; whether they include this minute is asked at the door. */
export const storeMachine = setup({
  types: {
    context: {} as StoreContext,
    input: {} as { readonly profile: StoreProfile; readonly stamp: Stamp },
    events: {} as StoreEvent,
  },
  delays: {
    pause: ({ context, event }) => ('stamp' in event ? Date.parse(context.pausedUntil ?? event.stamp.at) - Date.parse(event.stamp.at) : 0),
  },
  guards: { isKnownDevice: ({ context, event }) => event.type === 'unsubscribePush' && isReachableAt(context, event.endpoint) },
  actions: {
    notePause: assign(({ event }) =>
      event.type === 'pause' ? { pausedUntil: new Date(Date.parse(event.stamp.at) + event.minutes * 60_000).toISOString() } : {},
    ),
  },
}).createMachine({
  id: 'store',
  version: '2',
  context: ({ input }) => ({ ...input.profile, id: input.stamp.id }),
  initial: 'open',
  on: {
    update: { actions: assign(({ event: { type: _type, ...changes } }) => withoutStamp(changes)) },
    subscribePush: { actions: assign(({ context, event }) => subscribed(context, event.subscription)) },
    unsubscribePush: { guard: 'isKnownDevice', actions: assign(({ context, event }) => unsubscribed(context, event.endpoint)) },
  },
  states: {
    open: { on: { close: 'closed', pause: { target: 'paused', actions: 'notePause' } } },
    paused: {
      after: { pause: 'open' },
      on: { open: 'open', close: 'closed', pause: { target: 'paused', reenter: true, actions: 'notePause' } },
    },
    // A store that is closed may say when it comes back.
    closed: { on: { open: 'open', pause: { target: 'paused', actions: 'notePause' } } },
  },
})

const withoutStamp = ({ stamp: _stamp, ...changes }: Partial<StoreProfile> & { readonly stamp?: unknown }): Partial<StoreProfile> => changes
