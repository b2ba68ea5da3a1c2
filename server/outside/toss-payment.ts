import { z } from 'zod'

/** The part of Toss's Payment that we read. Toss adds fields and values without notice, so whatever else comes is let through. */
export const tossPayment = z.looseObject({
  paymentKey: z.string(),
  orderId: z.string(),
  status: z.string(),
  totalAmount: z.number(),
  balanceAmount: z.number().optional(),
  currency: z.string().optional(),
  method: z.string().nullish(),
  approvedAt: z.string().nullish(),
  failure: z.looseObject({ code: z.string(), message: z.string().optional() }).nullish(),
  cancels: z.array(z.looseObject({ cancelAmount: z.number(), canceledAt: z.string() })).nullish(),
})
export type TossPayment = z.infer<typeof tossPayment>

export const tossError = z.looseObject({ code: z.string(), message: z.string().default('') })

/** Toss writes `2026-11-22T12:00:00+09:00`; we keep UTC. An unreadable time is no reason to doubt a payment: undefined. */
export const utc = (iso: string | null | undefined): string | undefined => {
  const ms = Date.parse(iso ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
