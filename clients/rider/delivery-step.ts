import type { OrderView } from '../../server/contract/order-view.ts'
import type { WaitingTap } from '../shared/offline-queue.ts'

/** Where a rider is with a delivery. `over`: it ended without him. */
export type Leg = 'toStore' | 'toDoor' | 'done' | 'over'

export interface Step {
  /** With what he has tapped counted as done: a tunnel stops nobody from riding on. */
  readonly leg: Leg
  /** What he has tapped and the server has not answered yet. */
  readonly unsent: readonly WaitingTap[]
  /** He gives it back. */
  readonly releasing: boolean
}

export const isMine = ({ rider }: Pick<OrderView, 'rider'>, riderId: string): boolean => rider?.id === riderId

/** To be carried by him, now. */
export const isInHand = (order: Pick<OrderView, 'rider' | 'status'>, riderId: string): boolean =>
  isMine(order, riderId) && (order.status === 'cooked' || order.status === 'picked')

/** The one begun first is first. */
export const inHand = (orders: readonly OrderView[], riderId: string): readonly OrderView[] =>
  orders.filter(order => isInHand(order, riderId)).sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1))

export const stepOf = ({ id, status }: Pick<OrderView, 'id' | 'status'>, waiting: readonly WaitingTap[]): Step => {
  const unsent = waiting.filter(({ command }) => command.orderId === id)
  const tapped = (name: string): boolean => unsent.some(({ command }) => command.name === name)
  return { leg: legOf(status, tapped), unsent, releasing: tapped('release') }
}

const legOf = (status: OrderView['status'], tapped: (name: string) => boolean): Leg => {
  if (status === 'delivered' || status === 'confirmed') return 'done'
  if (status !== 'cooked' && status !== 'picked') return 'over'
  if (tapped('deliver')) return 'done'
  return status === 'picked' || tapped('pick') ? 'toDoor' : 'toStore'
}
