import type { Stored } from '../../actors/log.ts'
import type { AlertAnnouncement } from '../../machines/order-types.ts'
import type { Hold, Interest } from './interest.ts'

/** Something that people must see to. Said again, with a growing count, until they have. */
export interface Alarm {
  /** Nobody at the store has looked at a new order. */
  readonly kind: 'unseenOrder'
  readonly orderId: string
  readonly storeId: string
  /** How often the store has been called. */
  readonly alerts: number
  readonly placedAt: string
}

/** Every alarm from now on. */
export const followAlarms = (alerts: Interest<Stored<AlertAnnouncement>>, tell: (alarm: Alarm) => void): Hold =>
  alerts.hold('out.alert.>', ({ body: { level, orderId, storeId, alerts, placedAt } }) => {
    if (level === 'ops') tell({ kind: 'unseenOrder', orderId, storeId, alerts, placedAt })
  })
