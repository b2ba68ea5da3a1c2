import type { BreakerView } from '../contract/breakers.ts'
import type { OrderView, Ticket } from '../contract/order-view.ts'
import type { Alarm } from './alarms.ts'
import type { OpenDelivery } from './board.ts'
import type { GradeRaised } from './grades.ts'
import type { GoneDelivery } from './nearby.ts'

export interface RiderLocation {
  readonly orderId: string
  readonly lat: number
  readonly lng: number
  /** The position's own instant. */
  readonly at: string
  /** The last that is known, and no longer fresh. */
  readonly stale: boolean
}
/** The last position is too old to be shown. */
export interface RiderHidden {
  readonly orderId: string
  /** When the rider was last heard of. */
  readonly at: string
}
export interface Sync {
  readonly orders: readonly OrderView[]
  /** Riders on duty whose place is known. */
  readonly deliveries?: readonly OpenDelivery[]
  readonly serverTime: string
}
/** What is told, by its name in the public contract. */
export interface Pushes {
  readonly sync: Sync
  readonly order: OrderView
  readonly delivery: OpenDelivery
  readonly 'delivery:gone': GoneDelivery
  readonly 'rider:location': RiderLocation
  readonly 'rider:hidden': RiderHidden
  /** A customer whose payment waits for its turn. */
  readonly 'payment:ticket': Ticket & { readonly orderId: string }
  /** Operators. */
  readonly breaker: BreakerView
  readonly alarm: Alarm
  /** The customer's grade has risen. */
  readonly grade: GradeRaised
}
export type Push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void
