import { and, assign, emit, or, raise, stateIn } from 'xstate'
import { customerTold, onBoard, storeCall } from './order-announcements.ts'
import { orderSetup } from './order-setup.ts'
import type { OrderContext, PaymentRequest } from './order-types.ts'

const minutes = (count: number): number => count * 60_000
const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

const paymentRequest = (context: OrderContext): PaymentRequest => ({
  orderId: context.id,
  paymentKey: context.paymentKey ?? '',
  amount: context.total,
  attempt: context.attempt,
  ...(context.unsure ? { unsure: true } : {}),
})

/**
 * An order's life: five regions side by side.
 *   order    what people see
 *   payment  what the provider has said; it keeps its own pace, so a cancel never waits for a card
 *   refund   none → pending → done, exactly once
 *   alert    the store is called again until a human has seen the order or it was answered
 *   claim    a rider holds a cooked order for a while and has not picked it up yet
 * O1. A paid order that ends undelivered goes to refund.pending, whichever came first, the end or the payment.
 * O2. An unknown payment is resolved by looking it up, never by guessing.
 * O3. The first claim wins. One that is not picked up lapses, and the order is on the board again; once picked up it keeps its rider.
 * O4. Every wait for people has an end: whoever is silent for too long, the order ends and O1 holds.
 */
export const orderMachine = orderSetup.createMachine({
  id: 'order',
  version: '2',
  type: 'parallel',
  context: ({ input: { type: _type, waits: _waits, stamp, ...placed } }) => ({
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
          on: {
            'order.paid': 'placed',
            'order.declined': 'paymentFailed',
            'order.mustWait': 'paymentWaiting',
            wait: { guard: stateIn({ payment: 'confirming' }), target: 'paymentWaiting' },
            cancel: { target: 'canceled', actions: 'noteReason' },
          },
        },
        paymentWaiting: {
          entry: 'noteTicket',
          after: { ticketWindow: { target: 'expired', actions: assign({ reason: 'TICKET_EXPIRED' }) } }, // O4
          on: {
            'order.paid': 'placed',
            'order.declined': 'paymentFailed',
            cancel: { target: 'canceled', actions: 'noteReason' },
          },
        },
        paymentFailed: {
          on: {
            pay: { guard: and(['inTime', stateIn({ payment: 'declined' })]), target: 'paying' },
            // Charged though it was refused: too late for the meal, never for the money.
            'order.paid': { target: 'expired', actions: [assign({ reason: 'CHARGED_LATE' }), 'refundIsDue'] },
            cancel: { target: 'canceled', actions: 'noteReason' },
          },
        },
        placed: {
          after: { acceptWindow: { target: 'expired', actions: [assign({ reason: 'STORE_SILENT' }), 'refundIsDue'] } },
          on: {
            accept: {
              target: 'accepted',
              actions: [
                assign(({ event }) => ({
                  prepMinutes: event.prepMinutes,
                  prepReadyAt: later(event.stamp.at, minutes(event.prepMinutes)),
                })),
                // One timer over two states: cooking goes on with what the acceptance began.
                raise({ type: 'order.kitchenSilent' }, { id: 'kitchen', delay: 'kitchenWindow' }),
              ],
            },
            reject: { target: 'rejected', actions: ['noteReason', 'refundIsDue'] },
            cancel: { target: 'canceled', actions: ['noteReason', 'refundIsDue'] },
            abort: { target: 'canceled', actions: ['noteReason', 'refundIsDue'] },
          },
          exit: raise({ type: 'order.answered' }),
        },
        accepted: {
          on: {
            startCooking: 'cooking',
            cancel: { target: 'canceled', actions: ['kitchenIsDone', 'noteReason', 'refundIsDue'] },
            abort: { target: 'canceled', actions: ['kitchenIsDone', 'noteReason', 'refundIsDue'] },
            'order.kitchenSilent': { target: 'expired', actions: [assign({ reason: 'KITCHEN_SILENT' }), 'refundIsDue'] }, // O4
          },
        },
        cooking: {
          on: {
            finishCooking: {
              target: 'cooked',
              actions: ['kitchenIsDone', assign(({ event }) => ({ cookedAt: event.stamp.at, openedAt: event.stamp.at }))],
            },
            abort: { target: 'canceled', actions: ['kitchenIsDone', 'noteReason', 'refundIsDue'] },
            'order.kitchenSilent': { target: 'expired', actions: [assign({ reason: 'KITCHEN_SILENT' }), 'refundIsDue'] }, // O4
          },
        },
        cooked: {
          entry: emit(({ context }) => onBoard(context, { open: true })),
          after: {
            riderWindow: { target: 'expired', actions: [assign({ reason: 'NO_RIDER' }), 'withdrawn', 'tellLetGo', 'refundIsDue'] }, // O4
          },
          on: {
            pick: {
              guard: 'mayPick', // O3
              target: 'picked',
              actions: ['noteRider', assign(({ event }) => ({ pickedAt: event.stamp.at })), 'offBoard', 'tellTook'],
            },
            abort: { target: 'canceled', actions: ['noteReason', 'withdrawn', 'tellLetGo', 'refundIsDue'] },
          },
          exit: raise({ type: 'order.settled' }),
        },
        picked: {
          after: {
            deliverWindow: { target: 'expired', actions: [assign({ reason: 'NOT_DELIVERED' }), 'tellLetGo', 'refundIsDue'] }, // O4
          },
          on: {
            deliver: {
              guard: 'isItsRider',
              target: 'delivered',
              actions: [assign(({ event }) => ({ deliveredAt: event.stamp.at })), 'tellLetGo'],
            },
            abort: { target: 'canceled', actions: ['noteReason', 'tellLetGo', 'refundIsDue'] },
          },
        },
        delivered: { after: { confirmWindow: 'confirmed' }, on: { confirm: 'confirmed' } },
        confirmed: { entry: emit(({ context }) => customerTold(context)) },
        rejected: {},
        canceled: { on: { 'order.paid': { actions: 'refundIsDue' } } }, // O1: the money came after the end
        expired: { on: { 'order.paid': { actions: 'refundIsDue' } } }, // O1
      },
    },
    payment: {
      initial: 'idle',
      states: {
        idle: {
          always: [
            { guard: and(['hasKey', 'mustWait']), target: 'confirming', actions: raise({ type: 'order.mustWait' }) },
            { guard: 'hasKey', target: 'confirming' },
          ],
          on: {
            pay: [
              {
                guard: and(['mustWait', stateIn({ order: 'paying' })]),
                target: 'confirming',
                actions: ['noteKey', raise({ type: 'order.mustWait' })],
              },
              { guard: stateIn({ order: 'paying' }), target: 'confirming', actions: 'noteKey' },
            ],
          },
        },
        confirming: {
          invoke: {
            id: 'confirmPayment',
            src: 'confirmPayment',
            input: ({ context }) => paymentRequest(context),
            onDone: [
              { guard: ({ event }) => event.output.kind === 'approved', target: 'approved', actions: 'noteOutcome' },
              { guard: ({ event }) => event.output.kind === 'declined', target: 'declined', actions: ['noteOutcome', 'verifyLater'] },
              { target: 'checking', actions: 'noteUnsure' }, // O2
            ],
            onError: { target: 'checking', actions: 'noteUnsure' }, // O2
          },
        },
        checking: {
          invoke: {
            id: 'lookUpPayment',
            src: 'lookUpPayment',
            input: ({ context }) => paymentRequest(context),
            onDone: [
              { guard: ({ event }) => event.output.kind === 'approved', target: 'approved', actions: 'noteOutcome' },
              { guard: ({ event }) => event.output.kind === 'declined', target: 'declined', actions: ['noteOutcome', 'verifyLater'] },
              // Nothing was charged yet: ask again under the same key, which cannot charge twice. For a canceled order, too: a
              // call that is still on its way at the provider may yet go through, and only a known end can be refunded.
              { guard: ({ event }) => event.output.kind === 'absent', target: 'confirming' },
            ],
            onError: { target: 'checking', reenter: true }, // O2: money is never left in the air
          },
          on: { hint: { guard: 'isNewHint', target: 'checking', reenter: true, actions: 'noteHint' } },
        },
        approved: { entry: raise({ type: 'order.paid' }), on: { 'order.refunded': 'canceled' } },
        declined: {
          entry: raise({ type: 'order.declined' }),
          on: {
            'order.verify': 'verifying',
            hint: { guard: 'isNewHint', target: 'verifying', actions: 'noteHint' },
            pay: [
              {
                guard: and(['inTime', 'mustWait', stateIn({ order: 'paymentFailed' })]),
                target: 'confirming',
                actions: ['noteKey', raise({ type: 'order.mustWait' })],
              },
              { guard: and(['inTime', stateIn({ order: 'paymentFailed' })]), target: 'confirming', actions: 'noteKey' },
            ],
          },
        },
        // What was refused is looked up once more: should there be a charge all the same, it is found and given back.
        verifying: {
          invoke: {
            id: 'verifyPayment',
            src: 'lookUpPayment',
            input: ({ context }) => paymentRequest(context),
            onDone: [
              { guard: ({ event }) => event.output.kind === 'approved', target: 'approved', actions: 'noteOutcome' },
              { target: 'declined' },
            ],
            onError: 'declined',
          },
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
    alert: {
      initial: 'quiet',
      states: {
        // An order that was canceled before its money came calls nobody.
        quiet: {
          on: { 'order.paid': { guard: or([stateIn({ order: 'paying' }), stateIn({ order: 'paymentWaiting' })]), target: 'ringing' } },
        },
        ringing: {
          after: {
            alertEvery: {
              target: 'ringing',
              reenter: true,
              actions: [assign(({ context }) => ({ alerts: (context.alerts ?? 0) + 1 })), emit(({ context }) => storeCall(context))],
            },
          },
          on: {
            seen: { target: 'calm', actions: assign(({ event }) => ({ seenAt: event.stamp.at })) },
            'order.answered': 'calm',
          },
        },
        calm: {},
      },
    },
    claim: {
      initial: 'none',
      states: {
        none: {
          on: {
            claim: {
              guard: stateIn({ order: 'cooked' }),
              target: 'held',
              actions: ['noteRider', assign(({ event }) => ({ claimedAt: event.stamp.at })), 'offBoard', 'tellTook'],
            },
          },
        },
        held: {
          after: { claimWindow: { target: 'none', actions: ['tellLetGo', 'reopen'] } }, // O3
          on: {
            claim: { guard: 'isItsRider', actions: 'noteRider' }, // said twice: it is his already
            release: { guard: 'isItsRider', target: 'none', actions: ['tellLetGo', 'reopen'] },
            'order.settled': 'none',
          },
        },
      },
    },
  },
})
