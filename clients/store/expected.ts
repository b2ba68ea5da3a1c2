import type { OrderStatus } from '../../machines/order-types.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { WaitingTap } from '../shared/offline-queue.ts'

/** Where each tap leads. */
const LEADS_TO = { accept: 'accepted', reject: 'rejected', startCooking: 'cooking', finishCooking: 'cooked' } as const
/** A kitchen's way, in its order: a tap never leads back. */
const WAY: readonly OrderStatus[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed']

/** How an order will stand once what was tapped is done, as far as a tablet can know: the server alone decides. */
export interface Expected {
  readonly status: OrderStatus
  /** How its taps are: none, kept until there is a line, or on their way. */
  readonly waits: 'no' | 'waiting' | 'sending'
  /** Promised to the customer by a tap that the server has not heard yet. */
  readonly prepMinutes?: number
}

/** @param taps the order's own, oldest first */
export const expectedOf = ({ status, prepMinutes }: Pick<OrderView, 'status' | 'prepMinutes'>, taps: readonly WaitingTap[]): Expected => {
  const now = { status, ...(prepMinutes === undefined ? {} : { prepMinutes }) }
  // An order that has ended is beyond every tap: they will be refused, and explained.
  if (!WAY.includes(status)) return { ...now, waits: 'no' }
  return taps.reduce<Expected>((before, tap) => after(before, tap), { ...now, waits: 'no' })
}

const after = (before: Expected, { command, state }: WaitingTap): Expected => {
  if (!(command.name in LEADS_TO)) return before // a look, which nobody waits for
  const status = LEADS_TO[command.name as keyof typeof LEADS_TO]
  const waits = before.waits === 'waiting' || state === 'waiting' ? 'waiting' : 'sending'
  const isBehind = status !== 'rejected' && WAY.indexOf(status) <= WAY.indexOf(before.status)
  const promised = command.name === 'accept' ? { prepMinutes: command.prepMinutes } : {}
  return isBehind ? { ...before, waits } : { ...before, ...promised, status, waits }
}
