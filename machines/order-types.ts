import type { LatLng } from './geo.ts'
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
export type PaymentPhase = 'idle' | 'confirming' | 'checking' | 'approved' | 'declined' | 'canceled'

/** Time limits, fixed when the order is placed, so that a changed setting never moves a promise already made. Milliseconds. */
export interface OrderWindows {
  /** From placement until a payment must have begun. Default 10 min. */
  readonly payMs: number
  /** From payment until the store must have answered. Default 10 min. */
  readonly acceptMs: number
  /** From delivery until it counts as confirmed. Default 2 h. */
  readonly confirmMs: number
}

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
  readonly windows: OrderWindows
  /** Tells the same request repeated from another one under the same idempotency key. */
  readonly requestHash: string
}

export interface OrderContext extends Omit<PlaceEvent, 'type'> {
  readonly id: string
  readonly placedAt: string
  /** Counts the customer's tries to pay: part of the idempotency key `confirm:<id>#<attempt>`. */
  readonly attempt: number
  readonly payBy: string
  readonly approvedAt?: string
  readonly decline?: { readonly code: string; readonly message: string }
  readonly prepMinutes?: number
  readonly prepReadyAt?: string
  /** When a human at the store acknowledged the new order. */
  readonly seenAt?: string
  readonly cookedAt?: string
  readonly rider?: Person
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
}

export type Stamped<T> = T & { readonly stamp: Stamp }
export type OrderEvent =
  | Stamped<{ readonly type: 'pay'; readonly paymentKey: string }>
  | Stamped<{ readonly type: 'accept'; readonly prepMinutes: number }>
  | Stamped<{ readonly type: 'reject'; readonly reason: string }>
  | Stamped<{ readonly type: 'seen' | 'startCooking' | 'finishCooking' | 'deliver' | 'confirm' }>
  | Stamped<{ readonly type: 'cancel'; readonly reason?: string }>
  | Stamped<{ readonly type: 'pick'; readonly riderName?: string }>
  | { readonly type: 'order.paid' | 'order.declined' | 'order.refundDue' | 'order.refunded' }
