import { z } from 'zod'
import { dateField } from './fields.ts'

const DAY_MS = 86_400_000
const DAYS_MAX = 92
const dayField = dateField.refine(day => day >= '2000-01-01', { message: 'must be 2000-01-01 or later' })

/** `GET /api/stores/:id/sales`: both days included, as the store's calendar has them. */
export const salesQuery = z
  .object({ from: dayField, to: dayField })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < DAYS_MAX * DAY_MS, {
    path: ['to'],
    message: `must be within ${DAYS_MAX} days`,
  })
export type SalesQuery = z.output<typeof salesQuery>

export const salesView = z.object({
  /** The store's IANA zone, whose days these are. */
  zone: z.string(),
  /** Oldest first; a day without a paid order is left out. */
  items: z.array(
    z.object({
      /** When they were placed, YYYY-MM-DD. */
      day: z.string(),
      /** Orders whose money came. */
      orders: z.number().int(),
      /** Whole KRW that customers paid. */
      amount: z.number().int(),
      /** Whole KRW of it that went back, or is on its way back. */
      refunded: z.number().int(),
    }),
  ),
})
export type SalesView = z.output<typeof salesView>
