import { z } from 'zod'
import { TOKEN } from '../../actors/address.ts'
import { queryNumber, textField } from './fields.ts'
import { retryView } from './order-story.ts'

const page = {
  limit: queryNumber(z.number().int().min(1).max(100)),
  cursor: z.string().min(1).max(200).optional(),
}

const PHONE = /^[+\d][\d\s()-]{6,24}$/

/** `GET /api/ops/orders`. `q` is a customer's phone, or an order's id or its beginning; without it all orders, newest first. */
export const opsOrdersQuery = z.object({
  q: z
    .string()
    .trim()
    .refine(text => TOKEN.test(text) || PHONE.test(text), 'must be an order id, its beginning, or a phone number')
    .optional(),
  limit: page.limit.default(20),
  cursor: page.cursor,
})
export type OpsOrdersQuery = z.output<typeof opsOrdersQuery>

/** Digits alone are a phone: an order's id begins with a letter. */
export const isPhone = (q: string): boolean => PHONE.test(q)

/** `GET /api/ops/dead-letters`. */
export const deadLettersQuery = z.object({ limit: page.limit.default(100), cursor: page.cursor })
export type DeadLettersQuery = z.output<typeof deadLettersQuery>

/** What was given up. Not the message itself: it may hold a payment key, an address, a phone number. */
export const deadLetterView = z.object({
  id: z.string(),
  /** The effect's name; `due` for a timer, `tell` for what was told, `inbox` for a command. */
  src: z.string(),
  /** Whose it is: `order/o_81`. */
  address: z.string(),
  attempts: z.number().int(),
  reason: z.string(),
  at: z.string(),
  requestId: z.string().optional(),
  retried: retryView.optional(),
})
export type DeadLetterView = z.output<typeof deadLetterView>
export const deadLetterPageView = z.object({ items: z.array(deadLetterView), nextCursor: z.string().nullable() })

/** `POST /api/ops/dead-letters/retry`. Who and why are kept with the letter. */
export const retryBody = z.object({ id: z.string().min(1).max(200), reason: textField(200) })
export type RetryBody = z.output<typeof retryBody>

/** `GET /api/ops/alarms`: orders whose store has been called so often that operators should ring it up. */
export const alarmView = z.object({
  orderId: z.string(),
  store: z.object({
    id: z.string(),
    name: z.string(),
    phone: z.string().optional().describe('To ring it up: digits, as the store has given it.'),
  }),
  alerts: z.number().int(),
  placedAt: z.string(),
})
export type AlarmView = z.output<typeof alarmView>
