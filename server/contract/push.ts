import { z } from 'zod'

/** Base64 of URLs; browsers write it without padding. */
const base64 = (characters: number, what: string) =>
  z
    .string()
    .regex(new RegExp(`^[\\w-]{${characters}}={0,2}$`), `must be ${what} in the base64 of URLs`)
    .transform(text => text.replaceAll('=', ''))

/** `PUT /api/push/subscriptions`: what a browser's `PushSubscription.toJSON()` says. Where its endpoint may lead is judged at the door. */
export const subscriptionBody = z.object({
  endpoint: z.url().max(1_000),
  keys: z.object({ p256dh: base64(87, '65 bytes'), auth: base64(22, '16 bytes') }),
})
export type SubscriptionBody = z.output<typeof subscriptionBody>

/** `DELETE /api/push/subscriptions`. */
export const unsubscriptionBody = z.object({ endpoint: z.string().min(1).max(1_000) })

export const subscriptionView = z.object({ endpoint: z.string(), subscribed: z.boolean() })

/** `GET /api/push/key`: what `pushManager.subscribe` wants as `applicationServerKey`. */
export const pushKeyView = z.object({ publicKey: z.string() })

/** `PUT /api/customers/me/messages`. */
export const messagesBody = z.object({
  /** Messages by KakaoTalk, and by SMS in their place. */
  kakao: z.boolean(),
})
