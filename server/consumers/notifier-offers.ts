import type { Clock } from '../../actors/clock.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Settled, Stored, Subscription } from '../../actors/log.ts'
import { centerOf } from '../../machines/geo.ts'
import type { DeliveryAnnouncement } from '../../machines/order-types.ts'
import type { RiderContext } from '../../machines/rider.ts'
import type { Asleep, Sleeper } from '../gateway/asleep.ts'
import type { Pushes } from './notifier-pushes.ts'

export interface OffersOptions {
  readonly log: Log
  readonly asleep: Pick<Asleep, 'near' | 'forget'>
  readonly pushes: Pushes
  readonly clock: Pick<Clock, 'now'>
  /** A handler silent for so long is taken for dead, ms. */
  readonly ackWaitMs: number
}

const IN_HAND = 16
/** From the rider to the customer's door. */
const NEAR_M = 3_000
/** A delivery on the board for longer has been seen by all who are awake, or is gone. */
const USEFUL_MS = 120_000
const TTL_S = 60

/**
 * Tells riders on duty whose app is closed of open deliveries near them, at most once of each.
 * O1. What counts is how the order and the rider stand when it is told, not when the delivery was announced.
 */
export const startOffers = (options: OffersOptions): Promise<Subscription> =>
  options.log.consume<DeliveryAnnouncement>({
    stream: 'ORDERS',
    durable: 'notifier-offers',
    subjects: ['out.delivery.>'],
    concurrency: IN_HAND,
    ackWaitMs: options.ackWaitMs,
    handler: delivery => handle(options, delivery),
  })

const handle = async (options: OffersOptions, { body: delivery }: Stored<DeliveryAnnouncement>): Promise<Settled> => {
  const { log, asleep, clock } = options
  if (!delivery?.open || clock.now() - Date.parse(delivery.openedAt) > USEFUL_MS) return { kind: 'done' }
  const near = await asleep.near(delivery.place, NEAR_M)
  if (near.length === 0) return { kind: 'done' }
  const order = await log.latest({ kind: 'order', id: delivery.orderId })
  if (!order || !isOpen(order.body.state)) return { kind: 'done' } // O1
  const waits: number[] = []
  for (const sleeper of near) {
    const settled = await tell(options, delivery, sleeper, order.body.correlationId)
    if (settled.kind === 'retry') waits.push(settled.afterMs)
  }
  return waits.length === 0 ? { kind: 'done' } : { kind: 'retry', afterMs: Math.min(...waits) }
}

const isOpen = (state: Parameters<typeof orderRegions>[0]): boolean => {
  const { order, claim } = orderRegions(state)
  return order === 'cooked' && claim === 'none'
}

const tell = async (
  { log, asleep, pushes }: OffersOptions,
  { orderId, cell, store }: DeliveryAnnouncement,
  sleeper: Sleeper & { readonly distanceM: number },
  correlationId: string | undefined,
): Promise<Settled> => {
  const to = { kind: 'rider', id: sleeper.riderId }
  const rider = await log.latest(to)
  if (rider?.body.state.value !== 'idle') {
    await asleep.forget(sleeper) // O1
    return { kind: 'done' }
  }
  const distanceM = Math.round(sleeper.distanceM / 10) * 10 // as the board rounds it: three askings give no door away
  const { push = [] } = rider.body.state.context as Partial<RiderContext>
  return await pushes.tell({
    to,
    subscriptions: push,
    orderId,
    about: 'offer',
    message: {
      payload: {
        type: 'delivery',
        orderId,
        store: { id: store.id, name: store.name },
        area: centerOf(cell),
        distanceM,
        title: '가까운 곳에 배달이 있습니다',
        body: `${store.name ?? store.id} · ${(distanceM / 1_000).toFixed(1)} km`,
      },
      ttlS: TTL_S,
      urgency: 'high',
      topic: orderId,
    },
    ...(correlationId === undefined ? {} : { correlationId }),
  })
}
