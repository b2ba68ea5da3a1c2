import { and, assign, emit, fromPromise, raise, setup, stateIn } from 'xstate'
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

type Stamped<T> = T & { readonly stamp: Stamp }
export type OrderEvent =
  | Stamped<{ readonly type: 'pay'; readonly paymentKey: string }>
  | Stamped<{ readonly type: 'accept'; readonly prepMinutes: number }>
  | Stamped<{ readonly type: 'reject'; readonly reason: string }>
  | Stamped<{ readonly type: 'startCooking' | 'finishCooking' | 'deliver' | 'confirm' }>
  | Stamped<{ readonly type: 'cancel'; readonly reason?: string }>
  | Stamped<{ readonly type: 'pick'; readonly riderName?: string }>
  | { readonly type: 'order.paid' | 'order.declined' | 'order.refundDue' | 'order.refunded' }

/** Effects are only named here: the runtime hands them to workers, so these bodies never run. */
const effect = <Output, Input>() => fromPromise<Output, Input>(() => Promise.reject(new Error('effects run in workers')))

const minutes = (count: number): number => count * 60_000
const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

const paymentRequest = (context: OrderContext): PaymentRequest => ({
  orderId: context.id,
  paymentKey: context.paymentKey ?? '',
  amount: context.total,
  attempt: context.attempt,
})

const announcement = (
  context: OrderContext,
  board: { readonly open: boolean; readonly reason?: 'picked' | 'canceled' },
): DeliveryAnnouncement => ({
  type: 'delivery',
  orderId: context.id,
  cell: context.deliverTo.cell,
  ...board,
  store: context.store,
  place: { lat: context.deliverTo.lat, lng: context.deliverTo.lng },
  cookedAt: context.cookedAt ?? '',
})

/**
 * An order's life: three regions side by side.
 *   order    what people see
 *   payment  what the provider has said; it keeps its own pace, so a cancel never waits for a card
 *   refund   none → pending → done, exactly once
 * O1. A paid order that ends undelivered goes to refund.pending, whichever came first, the end or the payment.
 * O2. An unknown payment is resolved by looking it up, never by guessing.
 * O3. The first claim wins; the order keeps its rider from then on.
 */
export const orderMachine = setup({
  types: {
    context: {} as OrderContext,
    input: {} as Stamped<PlaceEvent>,
    events: {} as OrderEvent,
    emitted: {} as DeliveryAnnouncement,
  },
  actors: {
    confirmPayment: effect<PaymentOutcome, PaymentRequest>(),
    lookUpPayment: effect<PaymentOutcome, PaymentRequest>(),
    cancelPayment: effect<{ canceledAt: string }, RefundRequest>(),
  },
  delays: {
    payWindow: ({ context }) => context.windows.payMs,
    acceptWindow: ({ context }) => context.windows.acceptMs,
    confirmWindow: ({ context }) => context.windows.confirmMs,
  },
  guards: {
    hasKey: ({ context }) => context.paymentKey !== undefined,
    inTime: ({ context, event }) => 'stamp' in event && event.stamp.at < context.payBy,
    isItsRider: ({ context, event }) => 'stamp' in event && event.stamp.by.id === context.rider?.id,
  },
  actions: {
    noteReason: assign(({ event }) => ('reason' in event && event.reason !== undefined ? { reason: event.reason } : {})),
    noteKey: assign(({ context, event }) => ('paymentKey' in event ? { paymentKey: event.paymentKey, attempt: context.attempt + 1 } : {})),
    noteOutcome: assign(({ event }) => {
      const outcome = (event as unknown as { readonly output: PaymentOutcome }).output
      if (outcome.kind === 'approved') return { approvedAt: outcome.approvedAt }
      return outcome.kind === 'declined' ? { decline: { code: outcome.code, message: outcome.message } } : {}
    }),
  },
}).createMachine({
  id: 'order',
  version: '1',
  type: 'parallel',
  context: ({ input: { type: _type, stamp, ...placed } }) => ({
    ...placed,
    id: stamp.id,
    placedAt: stamp.at,
    attempt: placed.paymentKey === undefined ? 0 : 1,
    payBy: later(stamp.at, placed.windows.payMs),
  }),
  states: {
    order: {
      initial: 'paying',
      states: {
        paying: {
          // Only an order that nobody pays expires here; a payment under way always comes to an end by itself.
          after: { payWindow: { guard: stateIn({ payment: 'idle' }), target: 'expired' } },
          on: { 'order.paid': 'placed', 'order.declined': 'paymentFailed', cancel: { target: 'canceled', actions: 'noteReason' } },
        },
        paymentFailed: {
          on: {
            pay: { guard: 'inTime', target: 'paying' },
            cancel: { target: 'canceled', actions: 'noteReason' },
          },
        },
        placed: {
          after: { acceptWindow: { target: 'expired', actions: raise({ type: 'order.refundDue' }) } },
          on: {
            accept: {
              target: 'accepted',
              actions: assign(({ event }) => ({
                prepMinutes: event.prepMinutes,
                prepReadyAt: later(event.stamp.at, minutes(event.prepMinutes)),
              })),
            },
            reject: { target: 'rejected', actions: ['noteReason', raise({ type: 'order.refundDue' })] },
            cancel: { target: 'canceled', actions: ['noteReason', raise({ type: 'order.refundDue' })] },
          },
        },
        accepted: {
          on: {
            startCooking: 'cooking',
            cancel: { target: 'canceled', actions: ['noteReason', raise({ type: 'order.refundDue' })] },
          },
        },
        cooking: { on: { finishCooking: { target: 'cooked', actions: assign(({ event }) => ({ cookedAt: event.stamp.at })) } } },
        cooked: {
          entry: emit(({ context }) => announcement(context, { open: true })),
          exit: emit(({ context }) => announcement(context, { open: false, reason: 'picked' })),
          on: {
            pick: {
              target: 'picked',
              actions: assign(({ event }) => ({
                rider: { id: event.stamp.by.id, ...(event.riderName === undefined ? {} : { name: event.riderName }) },
              })),
            },
          },
        },
        picked: { on: { deliver: { guard: 'isItsRider', target: 'delivered' } } },
        delivered: { after: { confirmWindow: 'confirmed' }, on: { confirm: 'confirmed' } },
        confirmed: {},
        rejected: {},
        canceled: { on: { 'order.paid': { actions: raise({ type: 'order.refundDue' }) } } }, // O1: the money came after the end
        expired: {},
      },
    },
    payment: {
      initial: 'idle',
      states: {
        idle: {
          always: { guard: 'hasKey', target: 'confirming' },
          on: { pay: { guard: stateIn({ order: 'paying' }), target: 'confirming', actions: 'noteKey' } },
        },
        confirming: {
          invoke: {
            id: 'confirmPayment',
            src: 'confirmPayment',
            input: ({ context }) => paymentRequest(context),
            onDone: [
              { guard: ({ event }) => event.output.kind === 'approved', target: 'approved', actions: 'noteOutcome' },
              { guard: ({ event }) => event.output.kind === 'declined', target: 'declined', actions: 'noteOutcome' },
              { target: 'checking' }, // O2
            ],
            onError: 'checking', // O2
          },
        },
        checking: {
          invoke: {
            id: 'lookUpPayment',
            src: 'lookUpPayment',
            input: ({ context }) => paymentRequest(context),
            onDone: [
              { guard: ({ event }) => event.output.kind === 'approved', target: 'approved', actions: 'noteOutcome' },
              { guard: ({ event }) => event.output.kind === 'declined', target: 'declined', actions: 'noteOutcome' },
              // Nothing was charged: ask again under the same key, which cannot charge twice.
              { guard: ({ event }) => event.output.kind === 'absent', target: 'confirming' },
            ],
          },
        },
        approved: { entry: raise({ type: 'order.paid' }), on: { 'order.refunded': 'canceled' } },
        declined: {
          entry: raise({ type: 'order.declined' }),
          on: { pay: { guard: and(['inTime', stateIn({ order: 'paymentFailed' })]), target: 'confirming', actions: 'noteKey' } },
        },
        canceled: {},
      },
    },
    refund: {
      initial: 'none',
      states: {
        none: { on: { 'order.refundDue': 'pending' } },
        pending: {
          invoke: {
            id: 'cancelPayment',
            src: 'cancelPayment',
            input: ({ context }) => ({
              orderId: context.id,
              paymentKey: context.paymentKey ?? '',
              amount: context.total,
              reason: context.reason ?? 'order ended',
            }),
            onDone: { target: 'done', actions: raise({ type: 'order.refunded' }) },
          },
        },
        done: {},
      },
    },
  },
})
