/** A browser's place to be reached at, as its PushManager gives it out (W3C Push API). */
export interface PushSubscription {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

export interface Reachable {
  /** Newest last. Absent in records of before there were any. */
  readonly push?: readonly PushSubscription[]
}

export type PushEvent =
  | { readonly type: 'subscribePush'; readonly subscription: PushSubscription }
  | { readonly type: 'unsubscribePush'; readonly endpoint: string }

/** Devices of one account; beyond it the oldest is forgotten. */
export const MOST_DEVICES = 5

export const isReachableAt = ({ push = [] }: Reachable, endpoint: string): boolean => push.some(known => known.endpoint === endpoint)

const without = ({ push = [] }: Reachable, endpoint: string): readonly PushSubscription[] =>
  push.filter(known => known.endpoint !== endpoint)

/** A device that subscribes again, with new keys perhaps, is known once. */
export const subscribed = (context: Reachable, subscription: PushSubscription): Required<Reachable> => ({
  push: [...without(context, subscription.endpoint), subscription].slice(-MOST_DEVICES),
})

export const unsubscribed = (context: Reachable, endpoint: string): Required<Reachable> => ({ push: without(context, endpoint) })
