import { z } from 'zod'
import { GRADES } from '../../machines/customer.ts'
import { messagesBody } from './push.ts'

const gradeField = z.enum(GRADES)

/** `GET /api/customers/me`. */
export const customerView = z.object({
  id: z.string(),
  name: z.string(),
  grade: gradeField,
  /** Orders that came to their end, each counted once. */
  completedOrders: z.number().int(),
  /** The next grade and the completed orders it takes; absent at the top. */
  nextGrade: z.object({ grade: gradeField, orders: z.number().int() }).optional(),
  /** Which messages are wanted. */
  messages: messagesBody,
})
export type CustomerView = Readonly<z.output<typeof customerView>>
