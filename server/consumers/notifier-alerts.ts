import type { Logger } from 'pino'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Settled, Stored, Subscription } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { AlertAnnouncement } from '../../machines/order-types.ts'
import type { StoreContext } from '../../machines/store.ts'
import type { Pushes } from './notifier-pushes.ts'

export interface AlertsOptions {
  readonly log: Log
  /** Absent: there is no web push here; operators are told all the same. */
  readonly pushes?: Pushes
  readonly logger: Logger
  /** A handler silent for so long is taken for dead, ms. */
  readonly ackWaitMs: number
}

const IN_HAND = 16
/** The next call comes before, 30 s by default, and takes this one's place. */
const TTL_S = 120

/**
 * Carries a store's unseen order beyond its tablet: to its browsers, then to the operators.
 * A1. Only the newest call counts, and only while nobody has looked: one that waited or was overtaken is over.
 */
export const startAlerts = (options: AlertsOptions): Promise<Subscription> =>
  options.log.consume<AlertAnnouncement>({
    stream: 'ORDERS',
    durable: 'notifier-alerts',
    subjects: ['out.alert.>'],
    concurrency: IN_HAND,
    ackWaitMs: options.ackWaitMs,
    handler: (alert, attempt) => handle(options, alert, attempt),
  })

const handle = async (options: AlertsOptions, { body: alert }: Stored<AlertAnnouncement>, attempt: number): Promise<Settled> => {
  const { log, pushes, logger } = options
  if (alert?.level !== 'webPush' && alert?.level !== 'ops') return { kind: 'done' } // the tablet hears of it by the order's record
  const { orderId, storeId, alerts, placedAt } = alert
  const order = await log.latest({ kind: 'order', id: orderId })
  if (!order || !isRinging(order.body, alerts)) return { kind: 'done' } // A1
  const correlation = order.body.correlationId === undefined ? {} : { correlationId: order.body.correlationId }
  if (alert.level === 'ops' && attempt === 1)
    logger.error(
      { requestId: order.body.correlationId, orderId, storeId, alerts, placedAt },
      'nobody at the store has looked at a new order, an operator must call',
    )
  if (!pushes) return { kind: 'done' }
  const to = { kind: 'store', id: storeId }
  const store = await log.latest(to)
  const { push = [] } = (store?.body.state.context ?? {}) as Partial<StoreContext>
  return await pushes.tell({
    to,
    subscriptions: push,
    orderId,
    about: `alert-${alerts}`,
    message: { payload: payloadOf(order.body, alert), ttlS: TTL_S, urgency: 'high', topic: orderId },
    ...correlation,
  })
}

/** A1 */
const isRinging = ({ state }: ActorRecord, alerts: number): boolean =>
  orderRegions(state).alert === 'ringing' && orderContext(state).alerts === alerts

/** What the store's browser shows. The facts are there, too, for an app that has words of its own. */
const payloadOf = ({ state }: ActorRecord, { orderId, alerts, placedAt }: AlertAnnouncement) => {
  const { items, total } = orderContext(state)
  const [first, ...others] = items
  const meal = others.length === 0 ? first?.name : `${first?.name} 외 ${others.length}건`
  return {
    type: 'newOrder',
    orderId,
    alerts,
    placedAt,
    title: '확인하지 않은 새 주문이 있습니다',
    body: `${meal} · ${total.toLocaleString('ko-KR')}원`,
  }
}
