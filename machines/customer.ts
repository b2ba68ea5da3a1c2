import { assign, enqueueActions, setup } from 'xstate'
import { isReachableAt, type PushEvent, type Reachable, subscribed, unsubscribed } from './push.ts'

export const GRADES = ['BRONZE', 'SILVER', 'GOLD', 'VIP'] as const
export type Grade = (typeof GRADES)[number]

/** Completed orders from which a grade is earned, 1…1,000,000, each above the one before. */
export type GradeThresholds = Readonly<Record<Exclude<Grade, 'BRONZE'>, number>>
export const DEFAULT_GRADES: GradeThresholds = { SILVER: 5, GOLD: 20, VIP: 50 }

export interface CustomerContext extends Reachable {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly grade: Grade
  readonly completedOrders: number
  /** The newest orders that were counted. */
  readonly counted: readonly string[]
  /** Whether he wants messages by KakaoTalk and SMS. */
  readonly messages: { readonly kakao: boolean }
}

export type CustomerEvent =
  | { readonly type: 'orderCompleted'; readonly orderId: string }
  | { readonly type: 'setMessages'; readonly kakao: boolean }
  | PushEvent

/** Told to the customer's own screens. */
export interface GradeAnnouncement {
  readonly type: 'grade'
  readonly customerId: string
  readonly grade: Grade
  readonly completedOrders: number
}

/** Tells are known by their history for the newest 64 records, and by this for as many orders: weeks of anybody's appetite. */
const COUNTED_KEPT = 64

/** What so many completed orders have earned. */
export const gradeOf = (completedOrders: number, thresholds: GradeThresholds): Grade =>
  GRADES.findLast(grade => grade === 'BRONZE' || completedOrders >= thresholds[grade]) ?? 'BRONZE'

/** The next grade and the completed orders it takes; undefined at the top. */
export const nextGradeOf = (grade: Grade, thresholds: GradeThresholds): { readonly grade: Grade; readonly orders: number } | undefined => {
  const next = GRADES[GRADES.indexOf(grade) + 1]
  return next === undefined || next === 'BRONZE' ? undefined : { grade: next, orders: thresholds[next] }
}

const higher = (a: Grade, b: Grade): Grade => (GRADES.indexOf(a) > GRADES.indexOf(b) ? a : b)

/**
 * What the house knows of a customer.
 * C1. An order counts once, however often it is told. C2. A grade only rises: thresholds that go up take nothing away.
 */
export const customerMachineOf = (thresholds: GradeThresholds) =>
  setup({
    types: {
      context: {} as CustomerContext,
      input: {} as { readonly name: string; readonly phone: string; readonly stamp: { readonly id: string } },
      events: {} as CustomerEvent,
      emitted: {} as GradeAnnouncement,
    },
    guards: {
      isNew: ({ context, event }) => event.type === 'orderCompleted' && !context.counted.includes(event.orderId), // C1
      isKnownDevice: ({ context, event }) => event.type === 'unsubscribePush' && isReachableAt(context, event.endpoint),
    },
    actions: {
      count: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== 'orderCompleted') return
        const completedOrders = context.completedOrders + 1
        const grade = higher(context.grade, gradeOf(completedOrders, thresholds)) // C2
        enqueue.assign({ completedOrders, grade, counted: [...context.counted, event.orderId].slice(-COUNTED_KEPT) })
        if (grade !== context.grade) enqueue.emit({ type: 'grade', customerId: context.id, grade, completedOrders })
      }),
    },
  }).createMachine({
    id: 'customer',
    version: '2',
    context: ({ input }) => ({
      id: input.stamp.id,
      name: input.name,
      phone: input.phone,
      grade: 'BRONZE',
      completedOrders: 0,
      counted: [],
      messages: { kakao: true },
    }),
    initial: 'known',
    states: {
      known: {
        on: {
          orderCompleted: { guard: 'isNew', actions: 'count' },
          setMessages: { actions: assign(({ event }) => ({ messages: { kakao: event.kakao } })) },
          subscribePush: { actions: assign(({ context, event }) => subscribed(context, event.subscription)) },
          unsubscribePush: { guard: 'isKnownDevice', actions: assign(({ context, event }) => unsubscribed(context, event.endpoint)) },
        },
      },
    },
  })
