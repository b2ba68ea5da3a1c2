import type { AlertAnnouncement, AlertLevel, DeliveryAnnouncement, OrderContext } from './order-types.ts'
import type { Tell } from './step.ts'

/** From the third call, 90 s by default, a push message goes with it; from the sixth, 3 minutes, the operators hear of it, too. */
export const alertLevelOf = (alerts: number): AlertLevel => (alerts >= 6 ? 'ops' : alerts >= 3 ? 'webPush' : 'tablet')

/** How an order stands on the riders' board. */
export const onBoard = (
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
  openedAt: context.openedAt ?? context.cookedAt ?? '',
})

/** The store is called to an order it has not looked at. */
export const storeCall = ({ id, store, alerts = 0, approvedAt, placedAt }: OrderContext): AlertAnnouncement => ({
  type: 'alert',
  orderId: id,
  storeId: store.id,
  alerts,
  level: alertLevelOf(alerts),
  placedAt: approvedAt ?? placedAt,
})

/** `took`: this order is the rider's to carry, by this claim of it. `letGo`: it no longer is. */
export const riderTold = (riderId: string, type: 'took' | 'letGo', { id, claims = 0 }: OrderContext): Tell => ({
  type: 'tell',
  to: `rider/${riderId}`,
  event: { type, orderId: id, claim: claims },
})

export const customerTold = ({ id, customer }: OrderContext): Tell => ({
  type: 'tell',
  to: `customer/${customer.id}`,
  event: { type: 'orderCompleted', orderId: id },
})
