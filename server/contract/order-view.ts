import type { ActorState } from '../../actors/envelope.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { OrderContext, OrderStatus, Refund } from '../../machines/order-types.ts'
import type { OrderLine } from '../../machines/price.ts'

export interface Ticket {
  readonly position: number
  readonly retryAfterMs: number
  readonly expiresAt: string
}

export interface OrderView {
  readonly id: string
  readonly version: number
  readonly status: OrderStatus
  readonly store: { readonly id: string; readonly name: string }
  readonly customer: { readonly id: string; readonly name?: string }
  readonly rider?: {
    readonly id: string
    readonly name?: string
    readonly lat?: number
    readonly lng?: number
    /** The position's own instant. */
    readonly at?: string
    /** Only when the position is no longer fresh. */
    readonly stale?: boolean
  }
  readonly items: readonly OrderLine[]
  /** Whole KRW. */
  readonly total: number
  readonly deliverTo: {
    readonly address?: string
    readonly lat?: number
    readonly lng?: number
    readonly detail?: string
    readonly area?: string
  }
  readonly note?: string
  readonly payment: {
    readonly status: 'pending' | 'waiting' | 'approved' | 'declined' | 'unknown' | 'canceled'
    readonly code?: string
    readonly message?: string
    readonly ticket?: Ticket
  }
  readonly refund: Refund
  readonly prepMinutes?: number
  readonly prepReadyAt?: string
  /** A claimed order that is not picked up by then is open for all again. */
  readonly claimedUntil?: string
  /** To its customer and to operators, while it is not paid or its payment was declined: until when it may be paid, ISO 8601 UTC. */
  readonly payBy?: string
  readonly placedAt: string
  readonly updatedAt: string
  readonly reason?: string
  /** To its store and to operators: how often the store was called again to an order that nobody had looked at. */
  readonly alerts?: number
  /** To the same: when somebody at the store acknowledged it, on whichever tablet. */
  readonly seenAt?: string
}

/** Who looks. Ownership is asked elsewhere (`gateway/access.ts`); here only how much each may see. */
export type Audience = 'customer' | 'store' | 'rider' | 'ops'

const PAYMENT_STATUS: Readonly<Record<string, OrderView['payment']['status']>> = {
  idle: 'pending',
  confirming: 'pending',
  checking: 'unknown',
  approved: 'approved',
  declined: 'declined',
  verifying: 'declined',
  canceled: 'canceled',
}

/** A payment key is taken in these, as long as there is time. */
const PAYABLE: readonly OrderStatus[] = ['paying', 'paymentFailed']

const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

export const viewOfRecord = (stored: Pick<Stored<ActorRecord>, 'body'>, audience: Audience): OrderView =>
  orderView(stored.body.state, stored.body.version, stored.body.at, audience)

const callsOf = ({ alerts, seenAt }: OrderContext): Pick<OrderView, 'alerts' | 'seenAt'> => ({
  ...(alerts === undefined ? {} : { alerts }),
  ...(seenAt === undefined ? {} : { seenAt }),
})

/** What one audience sees of an order. A store learns no street door, a rider no payment, and the door only while somebody has the claim; both see the name on the bag. */
export const orderView = (state: ActorState, version: number, updatedAt: string, audience: Audience): OrderView => {
  const order = orderContext(state)
  const { order: status, payment, refund, claim } = orderRegions(state)
  const { lat, lng, address, detail, cell } = order.deliverTo
  const exact = { address, lat, lng, ...(detail === undefined ? {} : { detail }) }
  const own = audience === 'customer' || audience === 'ops'
  return {
    id: order.id,
    version,
    status,
    store: { id: order.store.id, name: order.store.name ?? '' },
    customer: { id: order.customer.id, ...(order.customer.name === undefined ? {} : { name: order.customer.name }) },
    ...(order.rider === undefined ? {} : { rider: order.rider }),
    items: order.items,
    total: order.total,
    deliverTo: own || (audience === 'rider' && order.rider !== undefined) ? exact : { area: cell },
    ...(order.note === undefined ? {} : { note: order.note }),
    payment: {
      status: status === 'paymentWaiting' && payment === 'confirming' ? 'waiting' : (PAYMENT_STATUS[payment] ?? 'pending'),
      ...(own && payment === 'declined' && order.decline ? order.decline : {}),
    },
    refund: refund as Refund,
    ...(order.prepMinutes === undefined ? {} : { prepMinutes: order.prepMinutes }),
    ...(order.prepReadyAt === undefined ? {} : { prepReadyAt: order.prepReadyAt }),
    ...(claim === 'held' && order.claimedAt !== undefined ? { claimedUntil: later(order.claimedAt, order.windows.claimMs) } : {}),
    ...(own && PAYABLE.includes(status) ? { payBy: order.payBy } : {}),
    placedAt: order.placedAt,
    updatedAt,
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    ...((audience === 'store' || audience === 'ops') && callsOf(order)),
  }
}
