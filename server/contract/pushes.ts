import { z } from 'zod'
import { GRADES } from '../../machines/customer.ts'
import { breakerView } from './breakers.ts'
import { orderViewSchema, ticketView } from './order-view-schema.ts'
import { openDeliveryView } from './riders.ts'
import type { Told } from './told.ts'

export const syncView = z.object({
  orders: z.array(orderViewSchema).describe('Everything open for the account, newest first: an order that is not in it is over.'),
  deliveries: z.array(openDeliveryView).optional().describe('Of riders on duty whose place is known.'),
  online: z.boolean().optional().describe('To a rider: whether he is on duty, as he has last said on whatever device.'),
  serverTime: z.string(),
})
export const goneDeliveryView = z.object({ orderId: z.string(), reason: z.enum(['picked', 'canceled']) })
export const riderLocationView = z.object({
  orderId: z.string(),
  lat: z.number(),
  lng: z.number(),
  at: z.string().describe('The position’s own instant.'),
  stale: z.boolean().describe('The last that is known, and no longer fresh.'),
})
export const riderHiddenView = z.object({ orderId: z.string(), at: z.string().describe('When the rider was last heard of.') })
export const paymentTicketView = ticketView.extend({ orderId: z.string() })
export const alarmPushView = z.object({
  kind: z.literal('unseenOrder').describe('Nobody at the store has looked at a new order.'),
  orderId: z.string(),
  storeId: z.string(),
  alerts: z.number().int().describe('How often the store has been called.'),
  placedAt: z.string(),
})
export const gradeRaisedView = z.object({ grade: z.enum(GRADES), completedOrders: z.number().int() })

interface PushEvent {
  readonly to: string
  readonly summary: string
  readonly payload: z.ZodType
}

/** Everything that a socket is told by itself, by its name. */
export const PUSHES = {
  sync: {
    to: 'everyone, once per connection, before anything else',
    summary: 'All that is open for the account. Nothing has to be asked for again after a connection was lost.',
    payload: syncView,
  },
  order: {
    to: 'its customer, its store, the rider who claimed it',
    summary: 'The order as it stands. Versions only grow; a gap does no harm, for it is the state and not a change of it.',
    payload: orderViewSchema,
  },
  delivery: { to: 'riders on duty within the ring of its age', summary: 'An open delivery.', payload: openDeliveryView },
  'delivery:gone': { to: 'riders who were told of it', summary: 'A delivery is not open any more.', payload: goneDeliveryView },
  'rider:location': {
    to: 'the customer and the store of an order, from its claim to its delivery',
    summary: 'Where the rider is.',
    payload: riderLocationView,
  },
  'rider:hidden': {
    to: 'whoever is told where the rider is',
    summary: 'The last position is too old to be shown any more.',
    payload: riderHiddenView,
  },
  'payment:ticket': {
    to: 'a customer whose payment waits for its turn',
    summary: 'The place among those who wait, again whenever it has moved much.',
    payload: paymentTicketView,
  },
  alarm: {
    to: 'operators',
    summary: 'Something that people must see to. Said again, with a growing count, until they have.',
    payload: alarmPushView,
  },
  breaker: { to: 'operators', summary: 'A payment breaker: each as it stands on connecting, and each change.', payload: breakerView },
  grade: { to: 'a customer', summary: 'The customer’s grade has risen.', payload: gradeRaisedView },
} as const satisfies Readonly<Record<string, PushEvent>>

/** What is told, by its name in the public contract. */
export type Pushes = { readonly [Name in keyof typeof PUSHES]: Told<z.output<(typeof PUSHES)[Name]['payload']>> }

export type Sync = Pushes['sync']
export type OpenDelivery = Pushes['delivery']
export type GoneDelivery = Pushes['delivery:gone']
export type RiderLocation = Pushes['rider:location']
export type RiderHidden = Pushes['rider:hidden']
export type PaymentTicket = Pushes['payment:ticket']
export type Alarm = Pushes['alarm']
export type GradeRaised = Pushes['grade']
