import { z } from 'zod'

/** What Solapi says became of a message. Nothing of it is believed until the message is known to be ours. */
export interface Report {
  readonly orderId: string
  readonly about: string
  readonly messageId: string
  readonly groupId?: string
  readonly statusCode: string
  /** `ATA` is KakaoTalk; `SMS` or `LMS` was sent in its place. */
  readonly via?: string
}

/** `underway`: not the end yet. */
export type ReportOutcome = 'delivered' | 'failed' | 'underway'

/** Reports read from one call. Solapi sends what has gathered within a second or so. */
const MOST_REPORTS = 1_000
const token = z.string().regex(/^[\w-]{1,64}$/)

/** Solapi adds fields as it likes: only these are looked at. `customFields` are our own, come back. */
const report = z.looseObject({
  messageId: z.string().min(1).max(100),
  groupId: z.string().max(100).optional().catch(undefined),
  statusCode: z.string().regex(/^\d{4}$/),
  type: z
    .string()
    .regex(/^[A-Z_]{1,20}$/)
    .optional()
    .catch(undefined),
  customFields: z.looseObject({ orderId: token, status: token }),
})

/**
 * The reports in a webhook's body: an array of messages, or one. Groups, which are sums and name no message, and whatever else came are
 * left out, without a word.
 */
export const readReports = (body: unknown): Report[] =>
  (Array.isArray(body) ? body : [body]).slice(0, MOST_REPORTS).flatMap(each => {
    const read = report.safeParse(each)
    if (!read.success) return []
    const { messageId, groupId, statusCode, type, customFields } = read.data
    return [
      {
        orderId: customFields.orderId,
        about: customFields.status,
        messageId,
        statusCode,
        ...(groupId === undefined ? {} : { groupId }),
        ...(type === undefined ? {} : { via: type }),
      },
    ]
  })

/** `4000` has arrived; `2000` and `3000` are stations on the way; everything else is a failure, `3104` no KakaoTalk among them. */
export const outcomeOf = (statusCode: string): ReportOutcome =>
  statusCode === '4000' ? 'delivered' : statusCode === '2000' || statusCode === '3000' ? 'underway' : 'failed'
