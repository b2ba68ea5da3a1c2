import { z } from 'zod'
import { requestIdOf } from './request-log.ts'
import { type Door, resource } from './resource.ts'

/** Toss adds fields and events as it likes: only these are looked at, and none is believed. */
const tossHint = z.object({
  eventType: z.string().max(100).catch(''),
  data: z.object({ orderId: z.string().max(64).catch('') }).catch({ orderId: '' }),
})

/**
 * Toss does not sign payment webhooks, so one proves nothing: it is noted, and the payment worker goes by its own lookup.
 * Anything but 200 would make Toss send it again, seven times over four days.
 */
export const webhookRoutes = ({ app, services: { logger } }: Door): void => {
  resource(app, '/webhooks/toss', {
    post: (req, res) => {
      const hint = tossHint.safeParse(req.body)
      const { eventType, data } = hint.success ? hint.data : { eventType: '', data: { orderId: '' } }
      logger.info({ requestId: requestIdOf(res), eventType, orderId: data.orderId }, 'toss hint')
      res.json({})
    },
  })
}
