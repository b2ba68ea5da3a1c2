import { and, assign, setup } from 'xstate'
import { isReachableAt, type PushEvent, type Reachable, subscribed, unsubscribed } from './push.ts'

export interface RiderContext extends Reachable {
  readonly id: string
  readonly name: string
  readonly phone: string
  /** Whether he wants to hear of deliveries. One on his way may say no already. */
  readonly onDuty: boolean
  /** Orders that are his, as the orders themselves have told. */
  readonly carrying: readonly string[]
  /** Orders he is asking for, and since when: a place is kept for each until the order has said yes or no. */
  readonly taking: readonly { readonly orderId: string; readonly at: string }[]
  /** The newest that are his no longer: what is told may come the other way round. */
  readonly done: readonly string[]
}

export type RiderEvent =
  | { readonly type: 'goOnline' | 'goOffline' }
  /** @property limit deliveries at a time, 1…20 */
  | { readonly type: 'take'; readonly orderId: string; readonly limit: number; readonly stamp: { readonly at: string } }
  | { readonly type: 'took' | 'letGo'; readonly orderId: string }
  | PushEvent

/** A gateway that dies between asking the rider and asking the order leaves a place kept; an order answers within 10 s. No timer: it is looked at when asked. */
const TAKING_MS = 30_000
const DONE_KEPT = 16

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter(known => known !== id)
const once = (ids: readonly string[], id: string): readonly string[] => [...without(ids, id), id]
const others = (taking: RiderContext['taking'], id: string): RiderContext['taking'] => taking.filter(({ orderId }) => orderId !== id)
const fresh = (taking: RiderContext['taking'], at: string): RiderContext['taking'] =>
  taking.filter(asked => Date.parse(at) - Date.parse(asked.at) < TAKING_MS)
/** Besides this one. */
const inHand = ({ carrying, taking }: RiderContext, orderId: string, at: string): number =>
  new Set([...without(carrying, orderId), ...others(fresh(taking, at), orderId).map(asked => asked.orderId)]).size

/**
 * A rider's day. Positions are not here: they are no history, and 25,000 of them a second must not touch a disk.
 * R1. He never has more in hand than the limit, orders he is only asking for included. What was asked for 30 s ago is forgotten.
 * R2. `took` and `letGo` may come in any order and more than once: an order that was let go stays so.
 */
export const riderMachine = setup({
  types: {
    context: {} as RiderContext,
    input: {} as { readonly name: string; readonly phone: string; readonly stamp: { readonly id: string } },
    events: {} as RiderEvent,
  },
  guards: {
    hasRoom: ({ context, event }) => event.type === 'take' && inHand(context, event.orderId, event.stamp.at) < event.limit, // R1
    isNews: ({ context, event }) => event.type === 'took' && !context.done.includes(event.orderId), // R2
    hasNothing: ({ context: { carrying, taking } }) => carrying.length + taking.length === 0,
    isKnownDevice: ({ context, event }) => event.type === 'unsubscribePush' && isReachableAt(context, event.endpoint),
  },
  actions: {
    noteTaking: assign(({ context: { taking }, event }) => {
      if (event.type !== 'take') return {}
      const { orderId, stamp } = event
      return { taking: [...others(fresh(taking, stamp.at), orderId), { orderId, at: stamp.at }] }
    }),
    noteTook: assign(({ context, event }) =>
      event.type === 'took' ? { carrying: once(context.carrying, event.orderId), taking: others(context.taking, event.orderId) } : {},
    ),
    noteLetGo: assign(({ context, event }) =>
      event.type === 'letGo'
        ? {
            carrying: without(context.carrying, event.orderId),
            taking: others(context.taking, event.orderId),
            done: once(context.done, event.orderId).slice(-DONE_KEPT),
          }
        : {},
    ),
  },
}).createMachine({
  id: 'rider',
  version: '2',
  context: ({ input }) => ({
    id: input.stamp.id,
    name: input.name,
    phone: input.phone,
    onDuty: false,
    carrying: [],
    taking: [],
    done: [],
  }),
  initial: 'offline',
  on: {
    took: { guard: 'isNews', target: '.delivering', actions: 'noteTook' },
    take: { guard: 'hasRoom', target: '.delivering', actions: 'noteTaking' },
    letGo: { actions: 'noteLetGo' },
    subscribePush: { actions: assign(({ context, event }) => subscribed(context, event.subscription)) },
    unsubscribePush: { guard: 'isKnownDevice', actions: assign(({ context, event }) => unsubscribed(context, event.endpoint)) },
  },
  states: {
    offline: { on: { goOnline: { target: 'idle', actions: assign({ onDuty: true }) } } },
    idle: { on: { goOffline: { target: 'offline', actions: assign({ onDuty: false }) } } },
    delivering: {
      always: [
        { guard: and(['hasNothing', ({ context }) => context.onDuty]), target: 'idle' },
        { guard: 'hasNothing', target: 'offline' },
      ],
      on: {
        goOnline: { guard: ({ context }) => !context.onDuty, actions: assign({ onDuty: true }) },
        goOffline: { guard: ({ context }) => context.onDuty, actions: assign({ onDuty: false }) },
      },
    },
  },
})
