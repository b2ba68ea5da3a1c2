import type { By } from '../../actors/envelope.ts'
import { eventName } from '../../actors/event-name.ts'
import { orderContext, orderRegions, wasPaid } from '../../actors/kinds/order.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { ENDED, ORDER_STATUSES } from '../../machines/order-types.ts'
import type { KeptRecord } from './entities.ts'

/** A record as the two rows that are written of it, named as the columns are. */
export interface OrderRows {
  readonly view: {
    readonly id: string
    readonly version: number
    readonly status: string
    readonly ended: string | null
    readonly open: boolean
    readonly paid: boolean
    readonly store_id: string
    readonly customer_id: string
    readonly customer_phone: string | null
    readonly rider_id: string | null
    readonly total: number
    readonly placed_at: string
    readonly updated_at: string
    readonly payment: string
    readonly refund: string
    /** JSON of a `KeptRecord`. */
    readonly record: string
  }
  readonly event: {
    readonly order_id: string
    readonly version: number
    readonly event: string
    readonly status: string
    readonly at: string
    readonly by_role: By['role']
    readonly by_id: string
    readonly command_id: string
    readonly correlation_id: string | null
  }
}

/** A phone number as it is searched by: `010-1234-5678` and `01012345678` are one. */
export const digitsOf = (phone: string): string => phone.replace(/\D/g, '')

/** @throws Error naming what is wrong, when this is no order's record */
export const rowsOf = (record: ActorRecord): OrderRows => {
  const { id, version, at, by, commandId, state } = record
  const order = orderContext(state)
  const { order: status, payment, refund } = orderRegions(state)
  if (!ORDER_STATUSES.includes(status)) throw new Error(`no status of an order: ${JSON.stringify(status)}`)
  if (!Number.isSafeInteger(version) || version < 1) throw new Error(`no version: ${JSON.stringify(version)}`)
  if (order.id !== id) throw new Error(`the record of ${id} carries the state of ${order.id}`)
  return {
    view: {
      id,
      version,
      status,
      ended: ENDED.includes(status) ? status : null,
      open: !ENDED.includes(status) || refund === 'pending',
      paid: wasPaid(state),
      store_id: order.store.id,
      customer_id: order.customer.id,
      customer_phone: digitsOf(order.customer.phone ?? '') || null,
      rider_id: order.rider?.id ?? null,
      total: order.total,
      placed_at: order.placedAt,
      updated_at: at,
      payment,
      refund,
      // Asked for of the newest in a batch only: of ten versions of an order nine are never written.
      get record() {
        return JSON.stringify({ state, at } satisfies KeptRecord)
      },
    },
    event: {
      order_id: id,
      version,
      event: eventName(record.event.type),
      status,
      at,
      by_role: by.role,
      by_id: by.id,
      command_id: commandId,
      correlation_id: record.correlationId ?? null,
    },
  }
}
