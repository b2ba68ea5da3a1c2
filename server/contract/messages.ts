import { z } from 'zod'

/** By which way people are told: KakaoTalk, with SMS in its place where the provider sends one, or a push to a browser. */
export const CHANNELS = ['alimtalk', 'webPush'] as const
export type Channel = (typeof CHANNELS)[number]

/**
 * What became of a message. `sending`: claimed, and nobody has said more; a crash leaves it so. `sent`: the provider took it.
 * `unknown`: it may have. `refused`: it never will. `delivered`, `failed`: the provider's report.
 */
export const MESSAGE_STATUSES = ['sending', 'sent', 'unknown', 'refused', 'delivered', 'failed'] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

/** One message about an order, as operators see it. Neither a phone number nor an endpoint is in it. */
export const messageView = z.object({
  orderId: z.string(),
  /** The status it tells of, `placed`; `refunded`; `alert-3`, the third ring at the store; `offer`, a delivery near a rider. */
  about: z.string(),
  channel: z.enum(CHANNELS),
  /** Who is told, as an address: `customer/c-1`. */
  to: z.string(),
  /** When it was claimed, ISO 8601 UTC. */
  at: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  /** The order's version that it tells of. */
  version: z.number().int().optional(),
  groupId: z.string().optional(),
  messageId: z.string().optional(),
  /** The provider's own word on how it ended: `4000` is delivered, `3104` has no KakaoTalk. */
  statusCode: z.string().optional(),
  /** How it arrived, by the provider's report: `ATA` is KakaoTalk, `SMS` and `LMS` are in its place. */
  via: z.string().optional(),
  reportedAt: z.string().optional(),
  correlationId: z.string().optional(),
})
export type MessageRecord = Readonly<z.output<typeof messageView>>
