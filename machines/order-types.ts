import type { LatLng } from './distance.ts'
import type { OrderLine } from './price.ts'
import type { Won } from './won.ts'

/** Every status an order can show, in the order of its life; the last five are other ways to end. */
export const ORDER_STATUSES = [
  'paying',
  'paymentWaiting',
  'placed',
  'accepted',
  'cooking',
  'cooked',
  'picked',
  'delivered',
  'confirmed',
  'rejected',
  'canceled',
  'expired',
  'paymentFailed',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** No transition of the order itself leads out of these; only its refund may still move. */
export const ENDED: readonly OrderStatus[] = ['confirmed', 'rejected', 'canceled', 'expired', 'paymentFailed']

export type Refund = 'none' | 'pending' | 'done'
/** How a store is called to a new order: the tablet again, then a push message beside it, then the operators as well. */
export const ALERT_LEVELS = ['tablet', 'webPush', 'ops'] as const
export type AlertLevel = (typeof ALERT_LEVELS)[number]
export type PaymentPhase = 'idle' | 'confirming' | 'checking' | 'approved' | 'declined' | 'verifying' | 'canceled'

/** Time limits, fixed when the order is placed, so that a changed setting never moves a promise already made. Milliseconds. */
export interface OrderWindows {
  /** From placement until a payment must have begun. Default 10 min. */
  readonly payMs: number
  /** From payment until the store must have answered. Default 10 min. */
  readonly acceptMs: number
  /** From delivery until it counts as confirmed. Default 2 h. */
  readonly confirmMs: number
  /** Between two calls for a store that has not looked at a new order. Default 30 s. */
  readonly alertMs: number
  /** From the acceptance until the kitchen must be done. Default 3 h. */
  readonly kitchenMs: number
  /** From the end of cooking until a rider must have picked it up. Default 1 h. */
  readonly riderMs: number
  /** From a claim until it must be picked up. Default 10 min. */
  readonly claimMs: number
  /** From the pick-up until it must be delivered. Default 3 h. */
  readonly deliverMs: number
  /** How long a payment may wait for its turn: Toss forgets a customer's authentication after 10 min. Default 9 min. */
  readonly ticketMs: number
  /** From a declined payment until the provider is asked once more whether it holds a charge after all. Default 15 min. */
  readonly verifyMs: number
}

export const DEFAULT_WINDOWS: OrderWindows = {
  payMs: 600_000,
  acceptMs: 600_000,
  confirmMs: 7_200_000,
  alertMs: 30_000,
  kitchenMs: 10_800_000,
  riderMs: 3_600_000,
  claimMs: 600_000,
  deliverMs: 10_800_000,
  ticketMs: 540_000,
  verifyMs: 900_000,
}

/** Why an order that nobody canceled ended undelivered: its `reason`. */
export const EXPIRY_REASONS = ['TICKET_EXPIRED', 'CHARGED_LATE', 'STORE_SILENT', 'KITCHEN_SILENT', 'NO_RIDER', 'NOT_DELIVERED'] as const
export type ExpiryReason = (typeof EXPIRY_REASONS)[number]

interface Person {
  readonly id: string
  readonly name?: string
}
interface Stamp {
  readonly id: string
  readonly at: string
  readonly by: { readonly role: string; readonly id: string }
  readonly commandId: string
}

/** What a customer's tap brings in, priced by the catalogue. */
export interface PlaceEvent {
  readonly type: 'place'
  readonly store: Person & LatLng
  readonly customer: Person & { readonly phone?: string }
  readonly items: readonly OrderLine[]
  readonly total: Won
  readonly deliverTo: LatLng & { readonly address: string; readonly detail?: string; readonly cell: string }
  readonly note?: string
  readonly paymentKey?: string
  /** The provider has more to do than it can: the payment waits for its turn. */
  readonly waits?: boolean
  readonly windows: OrderWindows
  /** Tells the same request repeated from another one under the same idempotency key. */
  readonly requestHash: string
  /** The place that it takes up in its store's quarter of an hour, where the store has a cap; `token` tells it from another request's. */
  readonly intake?: { readonly slot: number; readonly token: string }
}

export interface OrderContext extends Omit<PlaceEvent, 'type' | 'waits'> {
  readonly id: string
  readonly placedAt: string
  /** Counts the customer's tries to pay: part of the idempotency key `confirm:<id>#<attempt>`. */
  readonly attempt: number
  readonly payBy: string
  /** A call to confirm this attempt has gone out, and its end is not known: it may yet charge. */
  readonly unsure?: boolean
  /** When somebody last said that the provider knows more than we do. */
  readonly hintedAt?: string
  /** While its payment waits: when its turn must have come. */
  readonly waitBy?: string
  readonly approvedAt?: string
  readonly decline?: { readonly code: string; readonly message: string }
  readonly prepMinutes?: number
  readonly prepReadyAt?: string
  /** How often the store has been called again. */
  readonly alerts?: number
  /** When a human at the store acknowledged the new order. */
  readonly seenAt?: string
  readonly cookedAt?: string
  /** When it came on the riders' board, or back on it. */
  readonly openedAt?: string
  /** How often riders have claimed it, the one who has it now included: tells a claim from an earlier one of the same rider. */
  readonly claims?: number
  /** When the rider claimed it; absent once it is open again. */
  readonly claimedAt?: string | undefined
  readonly pickedAt?: string
  readonly deliveredAt?: string
  readonly rider?: Person | undefined
  readonly reason?: string
}

/** What the payment worker found out. `absent`: looked up, and the provider holds no charge. */
export type PaymentOutcome =
  | { readonly kind: 'approved'; readonly approvedAt: string }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' }

export interface PaymentRequest {
  readonly orderId: string
  readonly paymentKey: string
  readonly amount: Won
  readonly attempt: number
  /** An earlier call for this attempt may still be on its way. */
  readonly unsure?: boolean
}
export interface RefundRequest {
  readonly orderId: string
  readonly paymentKey: string
  readonly amount: Won
  readonly reason: string
}

/** What the board of open deliveries shows, and withdraws. `place` is exact; doors cut it down to the cell. */
export interface DeliveryAnnouncement {
  readonly type: 'delivery'
  readonly orderId: string
  readonly cell: string
  readonly open: boolean
  readonly reason?: 'picked' | 'canceled'
  readonly store: Person & LatLng
  readonly place: LatLng
  readonly cookedAt: string
  /** When it came on the board, or back on it: the riders who are told grow in number with its age. */
  readonly openedAt: string
}

/** A store has not looked at its new order yet. */
export interface AlertAnnouncement {
  readonly type: 'alert'
  readonly orderId: string
  readonly storeId: string
  /** From 1. */
  readonly alerts: number
  readonly level: AlertLevel
  readonly placedAt: string
}

export type Stamped<T> = T & { readonly stamp: Stamp }
export type OrderEvent =
  | Stamped<{ readonly type: 'pay'; readonly paymentKey: string; readonly waits?: boolean }>
  /** The payment has not had its turn yet: whoever looks is told so. */
  | Stamped<{ readonly type: 'wait' }>
  /** The provider may know more: a webhook, which proves nothing. */
  | Stamped<{ readonly type: 'hint' }>
  | Stamped<{ readonly type: 'accept'; readonly prepMinutes: number }>
  | Stamped<{ readonly type: 'reject'; readonly reason: string }>
  | Stamped<{ readonly type: 'seen' | 'startCooking' | 'finishCooking' | 'release' | 'deliver' | 'confirm' }>
  | Stamped<{ readonly type: 'cancel'; readonly reason?: string }>
  | Stamped<{ readonly type: 'claim' | 'pick'; readonly riderName?: string }>
  | Stamped<{ readonly type: 'abort'; readonly reason: string }>
  | {
      readonly type:
        | 'order.paid'
        | 'order.mustWait'
        | 'order.verify'
        | 'order.declined'
        | 'order.answered'
        | 'order.kitchenSilent'
        | 'order.settled'
        | 'order.refundDue'
        | 'order.refunded'
    }
