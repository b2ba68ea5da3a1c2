import type { ActorState } from '../../actors/envelope.ts'
import type { OrderStatus } from '../../machines/order-types.ts'
import type { Role } from '../contract/account.ts'

/** An order as the read model keeps it: enough to cut any audience's view from. */
export interface OrderRow {
  readonly id: string
  readonly version: number
  /** When this version was written, ISO 8601 UTC. */
  readonly at: string
  readonly state: ActorState
}

export interface OrderQuery {
  readonly role: Role
  readonly id: string
  readonly status?: OrderStatus
  /** 1…100 */
  readonly limit: number
  /** Where the page before ended; opaque. */
  readonly cursor?: string
}

/** What operators look for: by `id`, by `phone`, by both; by neither it is every order. */
export interface OrderSearch {
  /** An order's id, or its beginning. Found orders are in the order of their ids, otherwise newest first. */
  readonly id?: string
  /** The customer's, whole. Only its digits count. */
  readonly phone?: string
  /** 1…100 */
  readonly limit: number
  /** Where the page before ended; opaque, and good for the same search only. */
  readonly cursor?: string
}

/** Paid orders of one store, by the day on which they were placed. */
export interface SalesSearch {
  readonly storeId: string
  /** IANA zone whose days are meant. */
  readonly zone: string
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string
  readonly to: string
}

export interface SalesRow {
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly orders: number
  /** Whole KRW. */
  readonly amount: number
  /** Whole KRW of the amount: refunds made, or under way. */
  readonly refunded: number
}

/** Open orders of one status that go to one cell. */
export interface OpenCount {
  readonly status: OrderStatus
  /** Null when its record names none. */
  readonly cell: string | null
  readonly orders: number
}

/** Stores by their name, or the name of a dish, on the parallels around a place. */
export interface StoreSearch {
  /** Part of a name, in capitals or not. */
  readonly q: string
  readonly lat: number
  readonly radiusM: number
}

/** A step of an order as the read model keeps it. */
export interface TimelineRow {
  readonly version: number
  readonly event: string
  readonly status: string
  readonly at: string
  readonly by: { readonly role: string; readonly id: string }
  readonly commandId: string
  readonly correlationId?: string
}

/** `nextCursor` is null on the last page. `badCursor`: the cursor is none of ours. */
export type OrderPage =
  | { readonly kind: 'page'; readonly rows: readonly OrderRow[]; readonly nextCursor: string | null }
  | { readonly kind: 'badCursor' }

/** The port to the read model (`server/db/read-orders.ts`): it lags a little, and may be down while orders go on. */
export interface Reads {
  /** Newest first. */
  listOrders(query: OrderQuery): Promise<OrderPage>
  /** For operators. */
  searchOrders(search: OrderSearch): Promise<OrderPage>
  orderById(id: string): Promise<OrderRow | undefined>
  /** Oldest first. */
  timeline(orderId: string): Promise<readonly TimelineRow[]>
  /** Oldest first; days without a paid order are left out. */
  salesOf(search: SalesSearch): Promise<readonly SalesRow[]>
  /** What is under way, all of it, counted. */
  openCounts(): Promise<readonly OpenCount[]>
  /** The stream's last sequence that these answers include; 0: none. */
  position(stream: string): Promise<number>
  /** Ids, in no order: at least all that fit within the radius. */
  searchStores(search: StoreSearch): Promise<readonly string[]>
}
