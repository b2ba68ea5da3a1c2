import { assign, cancel, emit, enqueueActions, fromPromise, raise, setup } from 'xstate'
import { onBoard, riderTold } from './order-announcements.ts'
import type {
  AlertAnnouncement,
  DeliveryAnnouncement,
  OrderContext,
  OrderEvent,
  PaymentOutcome,
  PaymentRequest,
  PlaceEvent,
  RefundRequest,
  Stamped,
} from './order-types.ts'
import type { Tell } from './step.ts'

/** Effects are only named here: the runtime hands them to workers, so these bodies never run. */
const effect = <Output, Input>() => fromPromise<Output, Input>(() => Promise.reject(new Error('effects run in workers')))

/** The instant of any event, a timer's too: the host stamps them all. */
const atOf = (event: object, otherwise = ''): string => ('stamp' in event ? (event.stamp as { readonly at: string }).at : otherwise)
const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

/** The words of an order's machine: what it hears, what it may ask for, what it waits for. */
export const orderSetup = setup({
  types: {
    context: {} as OrderContext,
    input: {} as Stamped<PlaceEvent>,
    events: {} as OrderEvent,
    emitted: {} as DeliveryAnnouncement | AlertAnnouncement | Tell,
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
    alertEvery: ({ context }) => context.windows.alertMs,
    kitchenWindow: ({ context }) => context.windows.kitchenMs,
    riderWindow: ({ context }) => context.windows.riderMs,
    claimWindow: ({ context }) => context.windows.claimMs,
    deliverWindow: ({ context }) => context.windows.deliverMs,
    ticketWindow: ({ context }) => context.windows.ticketMs,
    verifyWindow: ({ context }) => context.windows.verifyMs,
  },
  guards: {
    // XState hands the creating event to the first `always` as its own event's input.
    mustWait: ({ event }) =>
      ('waits' in event && event.waits === true) || ('input' in event && (event.input as { readonly waits?: boolean }).waits === true),
    /** Anybody may send hints: each is a question to the provider, so one a minute is enough. */
    isNewHint: ({ context, event }) =>
      Date.parse(atOf(event, context.placedAt)) - Date.parse(context.hintedAt ?? '1970-01-01T00:00:00Z') >= 60_000,
    hasKey: ({ context }) => context.paymentKey !== undefined,
    inTime: ({ context, event }) => 'stamp' in event && event.stamp.at < context.payBy,
    isItsRider: ({ context, event }) => 'stamp' in event && event.stamp.by.id === context.rider?.id,
    mayPick: ({ context, event }) => context.rider === undefined || ('stamp' in event && event.stamp.by.id === context.rider.id),
  },
  actions: {
    refundIsDue: raise({ type: 'order.refundDue' }),
    noteRider: assign(({ context: { rider, claims = 0 }, event }) => {
      if (event.type !== 'claim' && event.type !== 'pick') return {}
      const { id } = event.stamp.by
      if (rider?.id === id) return {} // picks up what he has claimed
      return { rider: { id, ...(event.riderName === undefined ? {} : { name: event.riderName }) }, claims: claims + 1 }
    }),
    offBoard: emit(({ context }) => onBoard(context, { open: false, reason: 'picked' })),
    withdrawn: emit(({ context }) => onBoard(context, { open: false, reason: 'canceled' })),
    reopen: enqueueActions(({ event, enqueue }) => {
      enqueue.assign({ rider: undefined, claimedAt: undefined, openedAt: atOf(event) })
      enqueue.emit(({ context }) => onBoard(context, { open: true }))
    }),
    kitchenIsDone: cancel('kitchen'),
    tellTook: enqueueActions(({ context, enqueue }) => {
      if (context.rider) enqueue.emit(riderTold(context.rider.id, 'took', context))
    }),
    tellLetGo: enqueueActions(({ context, enqueue }) => {
      if (context.rider) enqueue.emit(riderTold(context.rider.id, 'letGo', context))
    }),
    noteTicket: assign(({ context, event }) => ({ waitBy: later(atOf(event, context.placedAt), context.windows.ticketMs) })),
    noteUnsure: assign({ unsure: true }),
    noteHint: assign(({ context, event }) => ({ hintedAt: atOf(event, context.placedAt) })),
    verifyLater: raise({ type: 'order.verify' }, { id: 'verify', delay: 'verifyWindow' }),
    noteReason: assign(({ event }) => ('reason' in event && event.reason !== undefined ? { reason: event.reason } : {})),
    noteKey: assign(({ context, event }) =>
      'paymentKey' in event ? { paymentKey: event.paymentKey, attempt: context.attempt + 1, unsure: false } : {},
    ),
    noteOutcome: assign(({ event }) => {
      const outcome = (event as unknown as { readonly output: PaymentOutcome }).output
      if (outcome.kind === 'approved') return { approvedAt: outcome.approvedAt }
      return outcome.kind === 'declined' ? { decline: { code: outcome.code, message: outcome.message } } : {}
    }),
  },
})
