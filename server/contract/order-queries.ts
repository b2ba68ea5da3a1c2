import { z } from 'zod'
import { ORDER_STATUSES } from '../../machines/order-types.ts'
import { queryNumber } from './fields.ts'

/** `GET /api/orders`. */
export const orderListQuery = z.object({
  status: z.enum(ORDER_STATUSES).optional(),
  limit: queryNumber(z.number().int().min(1).max(100)).default(20),
  cursor: z.string().min(1).max(200).optional(),
})
export type OrderListQuery = z.output<typeof orderListQuery>
