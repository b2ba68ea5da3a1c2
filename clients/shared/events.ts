import type { BreakerView } from '../../server/contract/breakers.ts'
import type { CustomerView } from '../../server/contract/customers.ts'
import type { ErrorBody } from '../../server/contract/errors.ts'
import type { CommandName } from '../../server/contract/order-commands.ts'
import type { OrderView, Ticket } from '../../server/contract/order-view.ts'
import type { LocationBody, openDeliveryView } from '../../server/contract/riders.ts'

export type OpenDelivery = (typeof openDeliveryView)['_output']

export interface Sync {
  /** Everything open for the account, newest first: an order that is not in it is over. */
  readonly orders: readonly OrderView[]
  /** Riders on duty whose place is known. */
  readonly deliveries?: readonly OpenDelivery[]
  readonly serverTime: string
}
export interface DeliveryGone {
  readonly orderId: string
  readonly reason: 'picked' | 'canceled'
}
export interface RiderLocation {
  readonly orderId: string
  readonly lat: number
  readonly lng: number
  readonly at: string
  readonly stale: boolean
}
/** The rider has not been heard of for a minute: his last place is not to be shown any more. */
export interface RiderHidden {
  readonly orderId: string
  /** When he was last heard of. */
  readonly at: string
}

/** Operators: nobody at the store has looked at a new order. Said again, with a growing count, until somebody has. */
export interface Alarm {
  readonly kind: 'unseenOrder'
  readonly orderId: string
  readonly storeId: string
  readonly alerts: number
  readonly placedAt: string
}

/** The customer's grade has risen. */
export interface GradeRaised {
  readonly grade: CustomerView['grade']
  readonly completedOrders: number
}

export interface PaymentTicket extends Ticket {
  readonly orderId: string
}

/** What the server says. */
export interface ServerEvents {
  sync: (sync: Sync) => void
  order: (order: OrderView) => void
  delivery: (delivery: OpenDelivery) => void
  'delivery:gone': (gone: DeliveryGone) => void
  'rider:location': (location: RiderLocation) => void
  'rider:hidden': (hidden: RiderHidden) => void
  /** A customer's: the place of a payment that waits for its turn, again whenever it has moved much. */
  'payment:ticket': (ticket: PaymentTicket) => void
  alarm: (alarm: Alarm) => void
  /** Operators': each as it stands on connecting, and each change. */
  breaker: (breaker: BreakerView) => void
  grade: (raised: GradeRaised) => void
}

/**
 * The answer to every request. A refusal is an answer, not an exception. `requestId` names the request in the server's logs and in
 * the order's timeline: the one that was sent along, or else one that the server made.
 */
export type Ack<Answer> = { readonly requestId?: string } & (
  | ({ readonly ok: true } & Answer)
  | { readonly ok: false; readonly error: ErrorBody }
)
export type Answered<Answer> = (ack: Ack<Answer>) => void

export interface SocketCommand {
  readonly name: CommandName
  readonly orderId?: string
  /** Makes a repeat safe: it gets the first answer. `place` needs it. */
  readonly idempotencyKey?: string
  /** Refuse unless the order is at this version. */
  readonly expectedVersion?: number
  /** Names this request, 1…64 letters, digits, `_` or `-`; absent, the server makes a name. */
  readonly requestId?: string
  /** The command's own fields, as in the body over REST. */
  readonly [field: string]: unknown
}

/** What a client asks. */
export interface ClientEvents {
  command: (command: SocketCommand, answered: Answered<{ readonly order: OrderView }>) => void
  seen: (seen: { readonly orderId: string }, answered: Answered<object>) => void
  location: (location: LocationBody, answered?: Answered<{ readonly accepted: boolean }>) => void
  online: (online: { readonly online: boolean }, answered: Answered<{ readonly online: boolean }>) => void
}
