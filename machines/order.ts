import { and, assign, emit, fromPromise, raise, setup, stateIn } from 'xstate'
import type {
  DeliveryAnnouncement,
  OrderContext,
  OrderEvent,
  PaymentOutcome,
  PaymentRequest,
  PlaceEvent,
  RefundRequest,
  Stamped,
} from './order-types.ts'

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
            seen: { guard: ({ context }) => context.seenAt === undefined, actions: assign(({ event }) => ({ seenAt: event.stamp.at })) },
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
              // Nothing was charged yet: ask again under the same key, which cannot charge twice. For a canceled order, too: a
              // call that is still on its way at the provider may yet go through, and only a known end can be refunded.
              { guard: ({ event }) => event.output.kind === 'absent', target: 'confirming' },
            ],
            onError: { target: 'checking', reenter: true }, // O2: money is never left in the air
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
            onError: { target: 'pending', reenter: true },
          },
        },
        done: {},
      },
    },
  },
})
