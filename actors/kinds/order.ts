import { orderMachine } from '../../machines/order.ts'
import type { OrderContext, OrderStatus } from '../../machines/order-types.ts'
import type { ActorState } from '../envelope.ts'
import { defineKind } from './define.ts'

const TAKEN: readonly OrderStatus[] = ['picked', 'delivered', 'confirmed']

export const orderContext = (state: ActorState): OrderContext => state.context as unknown as OrderContext
export const orderRegions = (state: ActorState): { readonly order: OrderStatus; readonly payment: string; readonly refund: string } =>
  state.value as unknown as { order: OrderStatus; payment: string; refund: string }

/** Whether its money ever came: only then does an order concern the store. */
export const wasPaid = (state: ActorState): boolean => orderContext(state).approvedAt !== undefined

/** evt.order.<shard>.<id>.<storeId>.<customerId>: both audiences can follow their own orders by subject alone. */
export const orderKind = defineKind({
  name: 'order',
  stream: 'ORDERS',
  machine: orderMachine,
  creates: 'place',
  route: state => [orderContext(state).store.id, orderContext(state).customer.id],
  outRoute: event => [String(event.cell), String(event.orderId)],
  // `order.paid` is for the payment region to say, not for a caller.
  internal: type => type.startsWith('order.'),
  // The context holds the whole tap; twice would double the record.
  recorded: event => (event.type === 'place' ? { type: 'place' } : event),
  refusal: (state, event) => (event.type === 'pick' && TAKEN.includes(orderRegions(state).order) ? 'ALREADY_PICKED' : 'ORDER_REFUSED'),
})
