import type { Stored } from '../../actors/log.ts'
import type { AlertAnnouncement } from '../../machines/order-types.ts'
import type { Alarm } from '../contract/pushes.ts'
import type { Hold, Interest } from './interest.ts'

/** Every alarm from now on. */
export const followAlarms = (alerts: Interest<Stored<AlertAnnouncement>>, tell: (alarm: Alarm) => void): Hold =>
  alerts.hold('out.alert.>', ({ body: { level, orderId, storeId, alerts, placedAt } }) => {
    if (level === 'ops') tell({ kind: 'unseenOrder', orderId, storeId, alerts, placedAt })
  })
