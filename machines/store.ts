import { assign, setup } from 'xstate'
import type { LatLng } from './geo.ts'

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
interface StoreContext extends StoreProfile {
  readonly id: string
}
interface Stamp {
  readonly id: string
}
export type StoreEvent = { readonly type: 'open' | 'close' } | ({ readonly type: 'update' } & Partial<StoreProfile>)

/** A store's own wish to take orders. Its hours are data; whether they include this minute is asked at the door. */
export const storeMachine = setup({
  types: {
    context: {} as StoreContext,
    input: {} as { readonly profile: StoreProfile; readonly stamp: Stamp },
    events: {} as StoreEvent,
  },
}).createMachine({
  id: 'store',
  version: '1',
  context: ({ input }) => ({ ...input.profile, id: input.stamp.id }),
  initial: 'open',
  on: { update: { actions: assign(({ event: { type: _type, ...changes } }) => withoutStamp(changes)) } },
  states: {
    open: { on: { close: 'closed' } },
    closed: { on: { open: 'open' } },
  },
})

const withoutStamp = ({ stamp: _stamp, ...changes }: Partial<StoreProfile> & { readonly stamp?: unknown }): Partial<StoreProfile> => changes
