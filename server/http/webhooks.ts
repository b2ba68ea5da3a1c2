import { z } from 'zod'
import { requestIdOf } from './request-log.ts'
import { type Door, resource } from './resource.ts'

/** Toss adds fields and events as it likes: only these are looked at, and none is believed. */
const tossHint = z.object({
  eventType: z.string().max(100).catch(''),
  data: z.object({ orderId: z.string().max(64).catch(''), status: z.string().max(64).catch('') }).catch({ orderId: '', status: '' }),
})

/**
 * Toss does not sign payment webhooks, so one proves nothing: it is a reason to look the payment up, where there is a doubt.
 * Anything but 200 would make Toss send it again, seven times over four days.
 */
export const webhookRoutes = ({ app, services: { hints, logger } }: Door): void => {
  resource(app, '/webhooks/toss', {
    post: (req, res) => {
      const hint = tossHint.safeParse(req.body)
      const { eventType, data } = hint.success ? hint.data : { eventType: '', data: { orderId: '', status: '' } }
      const line = { requestId: requestIdOf(res), eventType, orderId: data.orderId }
      logger.info(line, 'toss hint')
      hints
        .take(data.orderId, data.status, line.requestId)
        .catch((error: unknown) => logger.warn({ ...line, err: error }, 'a hint was not heard'))
      res.json({})
    },
  })
}
