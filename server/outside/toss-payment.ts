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

/** One movement of money: a charge, or a refund whole or in part. */
export const tossTransactions = z.array(
  z.looseObject({
    transactionKey: z.string(),
    paymentKey: z.string(),
    orderId: z.string(),
    status: z.string(),
    amount: z.number(),
    transactionAt: z.string(),
  }),
)
export type TossTransaction = z.infer<typeof tossTransactions>[number]

export const tossError = z.looseObject({ code: z.string(), message: z.string().default('') })

/** A time as Toss reads it in a query: Seoul's, without a zone. */
export const seoulTime = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 19)

/** Toss writes `2026-11-22T12:00:00+09:00`; we keep UTC. An unreadable time is no reason to doubt a payment: undefined. */
export const utc = (iso: string | null | undefined): string | undefined => {
  const ms = Date.parse(iso ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
