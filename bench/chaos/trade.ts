import type { Regions } from './evidence.ts'

/** The rules of the trade, written down once more and on purpose not taken from the machine: a checker must not believe what it checks. */
type Edges = Readonly<Record<string, readonly string[]>>

export const FIRST: Readonly<Record<keyof Regions, readonly string[]>> = {
  order: ['paying', 'paymentWaiting'],
  payment: ['idle', 'confirming'],
  refund: ['none'],
}

export const EDGES: Readonly<Record<keyof Regions, Edges>> = {
  order: {
    paying: ['placed', 'paymentFailed', 'paymentWaiting', 'canceled', 'expired'],
    paymentFailed: ['paying', 'paymentWaiting', 'canceled', 'expired'],
    paymentWaiting: ['placed', 'paymentFailed', 'canceled', 'expired'],
    placed: ['accepted', 'rejected', 'canceled', 'expired'],
    accepted: ['cooking', 'canceled', 'expired'],
    cooking: ['cooked', 'canceled', 'expired'],
    cooked: ['picked', 'canceled', 'expired'],
    picked: ['delivered', 'canceled', 'expired'],
    delivered: ['confirmed'],
  },
  payment: {
    idle: ['confirming'],
    confirming: ['approved', 'declined', 'checking'],
    checking: ['approved', 'declined', 'confirming'],
    declined: ['confirming', 'verifying'],
    verifying: ['declined', 'approved'],
    approved: ['canceled'],
  },
  refund: { none: ['pending'], pending: ['done'] },
}

export const ENDS: readonly string[] = ['confirmed', 'rejected', 'canceled', 'expired', 'paymentFailed']
/** A payment in one of these is still under way. */
export const PAYMENT_UNDER_WAY: readonly string[] = ['confirming', 'checking', 'verifying']
/** A paid order that ends so gives the money back. */
export const UNDELIVERED: readonly string[] = ['rejected', 'canceled', 'expired']
/** Events that change no status and no money, and are no mistake. */
export const QUIET_EVENTS: readonly string[] = [
  'seen',
  'hint',
  'claim',
  'release',
  'xstate.after.alertEvery.order.alert.ringing',
  'xstate.after.claimWindow.order.claim.held',
]

/** In which statuses a command may not be refused. `pay` has a time limit of its own and is left out. */
export const TAKEN_IN: Readonly<Record<string, readonly string[]>> = {
  cancel: ['paying', 'paymentWaiting', 'paymentFailed', 'placed', 'accepted'],
  accept: ['placed'],
  reject: ['placed'],
  startCooking: ['accepted'],
  finishCooking: ['cooking'],
  pick: ['cooked'],
  deliver: ['picked'],
  confirm: ['delivered'],
}
/** What a client may be told beside success: the order is not where the command needs it, or not there yet. */
export const REFUSALS: readonly string[] = ['ORDER_REFUSED', 'ALREADY_PICKED', 'RIDER_BUSY', 'ORDER_NOT_FOUND']
