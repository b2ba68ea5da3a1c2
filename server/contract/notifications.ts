import { z } from 'zod'
import { CHANNEL_MODES } from '../../machines/channel.ts'

const mode = z.enum(CHANNEL_MODES)

/** `GET /api/ops/notifications`: how much of the messages to customers is suspended, and the story of it. */
export const notificationsView = z.object({
  mode,
  /** Since when, ISO 8601 UTC; absent: from the beginning. */
  since: z.string().optional(),
  /** Why; empty in the beginning. */
  reason: z.string(),
  /** The newest 20, newest first. */
  changes: z.array(z.object({ mode, at: z.string(), reason: z.string(), by: z.string() })),
})
export type NotificationsView = Readonly<z.output<typeof notificationsView>>
