import { and, assign, setup } from 'xstate'
import { isReachableAt, type PushEvent, type Reachable, subscribed, unsubscribed } from './push.ts'

/** One claim of an order, by the order's own count: 1 for the first rider who gets it, 2 for who gets it after that one lost it. */
export interface Claimed {
  readonly orderId: string
  readonly claim: number
}

export interface RiderContext extends Reachable {
  readonly id: string
  readonly name: string
  readonly phone: string
  /** Whether he wants to hear of deliveries. One on his way may say no already. */
  readonly onDuty: boolean
  /** Orders that are his, as the orders themselves have told. */
  readonly carrying: readonly Claimed[]
  /** Orders he is asking for, and since when: a place is kept for each until the order has said yes or no. */
  readonly taking: readonly (Claimed & { readonly at: string })[]
  /** The newest that are his no longer: what is told may come the other way round. */
  readonly done: readonly Claimed[]
}

type Stamped<T> = T & { readonly stamp: { readonly at: string } }
export type RiderEvent =
  | Stamped<{ readonly type: 'goOnline' | 'goOffline' }>
  /** Asks for a place. @property limit deliveries at a time, 1…20 @property claim the number that the claim will have, at least */
  | Stamped<{ readonly type: 'take'; readonly limit: number } & Claimed>
  /** The order has said no: the place is free again. */
  | Stamped<{ readonly type: 'giveUp' } & Claimed>
  | Stamped<{ readonly type: 'took' | 'letGo' } & Claimed>
  | Stamped<PushEvent>

/** A gateway that dies between asking the rider and asking the order leaves a place kept; an order answers within 10 s. No timer: it is looked at when asked. */
export const TAKING_MS = 30_000
const DONE_KEPT = 16

/** Of this order up to this claim: a later claim of the same order is another matter. */
const upTo =
  ({ orderId, claim }: Claimed) =>
  (known: Claimed): boolean =>
    known.orderId === orderId && known.claim <= claim
const without = <T extends Claimed>(known: readonly T[], gone: Claimed): readonly T[] => known.filter(each => !upTo(gone)(each))
const others = <T extends Claimed>(known: readonly T[], { orderId }: Claimed): readonly T[] =>
  known.filter(each => each.orderId !== orderId)
const has = (known: readonly Claimed[], { orderId, claim }: Claimed): boolean =>
  known.some(each => each.orderId === orderId && each.claim >= claim)

/** What he asks for now; what was asked for too long ago is forgotten. */
export const asking = ({ taking }: Pick<RiderContext, 'taking'>, at: string): RiderContext['taking'] =>
  taking.filter(asked => Date.parse(at) - Date.parse(asked.at) < TAKING_MS)
/** Orders in hand, asked for or carried, by id. */
export const inHand = (rider: Pick<RiderContext, 'carrying' | 'taking'>, at: string): ReadonlySet<string> =>
  new Set([...rider.carrying, ...asking(rider, at)].map(({ orderId }) => orderId))

/**
 * A rider's day. Positions are not here: they are no history, and 25,000 of them a second must not touch a disk.
 * R1. He never has more in hand than the limit, orders he is only asking for included. What was asked for 30 s ago is forgotten.
 * R2. `took` and `letGo` may come in any order, late and more than once: what was let go stays so, and each speaks of its own claim only.
 */
export const riderMachine = setup({
  types: {
    context: {} as RiderContext,
    input: {} as { readonly name: string; readonly phone: string; readonly stamp: { readonly id: string } },
    events: {} as RiderEvent,
  },
  guards: {
    hasRoom: ({ context, event }) => {
      if (event.type !== 'take') return false
      const hand = inHand(context, event.stamp.at)
      return hand.has(event.orderId) || hand.size < event.limit // R1
    },
    hasNothing: ({ context: { carrying, taking } }) => carrying.length + taking.length === 0,
    isOnDuty: ({ context }) => context.onDuty,
    isOffDuty: ({ context }) => !context.onDuty,
    isKnownDevice: ({ context, event }) => event.type === 'unsubscribePush' && isReachableAt(context, event.endpoint),
  },
  actions: {
    forgetOld: assign(({ context, event }) => ({ taking: asking(context, event.stamp.at) })),
    noteTaking: assign(({ context: { carrying, taking }, event }) => {
      if (event.type !== 'take' || has(carrying, event)) return {}
      const { orderId, claim, stamp } = event
      return { taking: [...others(taking, event), { orderId, claim, at: stamp.at }] }
    }),
    noteGivenUp: assign(({ context: { taking }, event }) => (event.type === 'giveUp' ? { taking: without(taking, event) } : {})),
    noteTook: assign(({ context: { carrying, taking, done }, event }) => {
      if (event.type !== 'took') return {}
      const { orderId, claim } = event
      const isNews = !has(done, event) && !has(carrying, event) // R2
      return { taking: without(taking, event), carrying: isNews ? [...others(carrying, event), { orderId, claim }] : carrying }
    }),
    noteLetGo: assign(({ context: { carrying, taking, done }, event }) => {
      if (event.type !== 'letGo') return {}
      const { orderId, claim } = event
      return {
        carrying: without(carrying, event),
        taking: without(taking, event),
        done: has(done, event) ? done : [...others(done, event), { orderId, claim }].slice(-DONE_KEPT), // R2
      }
    }),
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
    take: { guard: 'hasRoom', target: '.delivering', actions: ['forgetOld', 'noteTaking'] },
    giveUp: { target: '.delivering', actions: ['forgetOld', 'noteGivenUp'] },
    took: { target: '.delivering', actions: ['forgetOld', 'noteTook'] },
    letGo: { target: '.delivering', actions: ['forgetOld', 'noteLetGo'] },
    subscribePush: { actions: assign(({ context, event }) => subscribed(context, event.subscription)) },
    unsubscribePush: { guard: 'isKnownDevice', actions: assign(({ context, event }) => unsubscribed(context, event.endpoint)) },
  },
  states: {
    offline: { on: { goOnline: { target: 'idle', actions: assign({ onDuty: true }) } } },
    idle: { on: { goOffline: { target: 'offline', actions: assign({ onDuty: false }) } } },
    // Left at once by whoever has nothing in hand: every event that may have changed that leads here.
    delivering: {
      always: [
        { guard: and(['hasNothing', 'isOnDuty']), target: 'idle' },
        { guard: 'hasNothing', target: 'offline' },
      ],
      on: {
        goOnline: { guard: 'isOffDuty', target: 'delivering', actions: ['forgetOld', assign({ onDuty: true })] },
        goOffline: { guard: 'isOnDuty', target: 'delivering', actions: ['forgetOld', assign({ onDuty: false })] },
      },
    },
  },
})
