import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { ActorState, By } from '../../actors/envelope.ts'
import type { Role } from '../contract/account.ts'

/** What is kept of an order's newest record: enough to build any audience's view of it. */
export interface KeptRecord {
  readonly state: ActorState
  /** ISO 8601 UTC, as the record has it. */
  readonly at: string
}

/** An order as it stands. The columns are what lists search by; all else is in `record`. */
export const StoredOrder = defineEntity({
  name: 'StoredOrder',
  tableName: 'order_view',
  properties: {
    id: p.text().primary(),
    version: p.integer(),
    status: p.text(),
    /** The status once it is an end; null while the order lives. */
    ended: p.text().nullable(),
    /** Not at an end, or its refund still under way. */
    open: p.boolean(),
    /** Its money came: from then on it concerns the store. */
    paid: p.boolean(),
    storeId: p.text(),
    customerId: p.text(),
    /** Digits only. */
    customerPhone: p.text().nullable(),
    riderId: p.text().nullable(),
    /** Whole KRW. */
    total: p.integer(),
    placedAt: p.datetime(),
    updatedAt: p.datetime(),
    payment: p.text(),
    refund: p.text(),
    /** JSON of a `KeptRecord`: kept as text, letter by letter, because `jsonb` knows neither NUL nor half a surrogate pair. */
    record: p.text(),
  },
})
export type StoredOrder = InferEntity<typeof StoredOrder>

/** One line of an order's timeline. */
export const StoredEvent = defineEntity({
  name: 'StoredEvent',
  tableName: 'order_event',
  properties: {
    orderId: p.text().primary(),
    version: p.integer().primary(),
    event: p.text(),
    status: p.text(),
    at: p.datetime(),
    byRole: p.text().$type<By['role']>(),
    byId: p.text(),
    commandId: p.text(),
    correlationId: p.text().nullable(),
  },
})

/** How far into a stream the read model has come. */
export const Position = defineEntity({
  name: 'Position',
  tableName: 'position',
  properties: { stream: p.text().primary(), seq: p.bigint('number') },
})

/** Who may sign in, as whom. `id` is the customer, store or rider that the account speaks for. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    role: p.text().$type<Role>().primary(),
    login: p.text().primary(),
    id: p.text(),
    passwordHash: p.text(),
    name: p.text(),
    createdAt: p.datetime(),
  },
})

export const ENTITIES = [StoredOrder, StoredEvent, Position, Account] as const
