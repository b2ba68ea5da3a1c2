import { orderMachine } from '../../machines/order.ts'
import { DEFAULT_WINDOWS, type OrderContext, type OrderStatus } from '../../machines/order-types.ts'
import type { ActorState, Event } from '../envelope.ts'
import { defineKind } from './define.ts'
import type { Held } from './kind.ts'

export interface OrderRegions {
  readonly order: OrderStatus
  readonly payment: string
  readonly refund: string
  readonly alert: 'quiet' | 'ringing' | 'calm'
  /** `held`: a rider has claimed the cooked order and not picked it up yet. */
  readonly claim: 'none' | 'held'
}

export const orderContext = (state: ActorState): OrderContext => state.context as unknown as OrderContext
export const orderRegions = (state: ActorState): OrderRegions => state.value as unknown as OrderRegions

/** Whether its money ever came: only then does an order concern the store. */
export const wasPaid = (state: ActorState): boolean => orderContext(state).approvedAt !== undefined

const CLAIMS = ['claim', 'pick']

/** Somebody else's claim is in the way; any other no is owed to where the order stands. */
const refusal = (state: ActorState, { type }: Event): string =>
  CLAIMS.includes(type) && orderContext(state).rider !== undefined ? 'ALREADY_PICKED' : 'ORDER_REFUSED'

/** Whether the house was busy is no part of what the customer said. */
const withoutWaits = ({ waits: _waits, ...said }: Event): Event => said as Event

/** An order that waits for its payment was told at the tap that it must. */
const withWaits = (event: Event, state: ActorState): Event => {
  if (event.type !== 'place' && event.type !== 'pay') return event
  const said = event.type === 'place' ? { ...orderContext(state), ...event } : event
  return orderRegions(state).order === 'paymentWaiting' ? { ...said, waits: true } : said
}

/**
 * Orders of the first release knew no calls to the store and no claims. Timers cannot be made here: such an order is not called
 * again, and what has been cooked, cooking or on its way waits for its people as long as it used to.
 */
const fromFirst = ({ state, waits }: Held): Held => {
  const { windows, approvedAt } = orderContext(state)
  const { order } = orderRegions(state)
  const alert = order === 'placed' || approvedAt !== undefined ? 'calm' : 'quiet'
  const value = { ...(state.value as object), alert, claim: 'none' }
  return { state: { ...state, value, context: { ...state.context, windows: { ...DEFAULT_WINDOWS, ...windows } } }, waits }
}

/** evt.order.<shard>.<id>.<storeId>.<customerId>: both audiences can follow their own orders by subject alone. */
export const orderKind = defineKind({
  name: 'order',
  stream: 'ORDERS',
  machine: orderMachine,
  creates: 'place',
  route: state => [orderContext(state).store.id, orderContext(state).customer.id],
  // A delivery is for the riders of its cell, a call for its store.
  outRoute: event => [String(event.type === 'alert' ? event.storeId : event.cell), String(event.orderId)],
  // `order.paid` is for the payment region to say, not for a caller.
  internal: type => type.startsWith('order.'),
  // The context holds the whole tap; twice would double the record.
  recorded: event => (event.type === 'place' ? { type: 'place' } : event.type === 'pay' ? withoutWaits(event) : event),
  whole: withWaits,
  refusal: (state, event) => refusal(state, event),
  migrate: { '1': fromFirst },
})
