import { z } from 'zod'
import { latField, lngField, queryNumber } from './fields.ts'

/** `PUT /api/riders/me/location`, and `location` of the socket. `seq` is the device's own count: the greatest wins. */
export const locationBody = z.object({
  lat: latField,
  lng: lngField,
  seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  at: z.iso.datetime(),
})
export type LocationBody = z.output<typeof locationBody>

/** `PUT /api/riders/me/status`, and `online` of the socket. */
export const onlineBody = z.object({ online: z.boolean() })

/** `GET /api/deliveries`. Metres around the rider. */
export const deliveriesQuery = z.object({ radiusM: queryNumber(z.number().min(1).max(6_000)).default(3_000) })

export const openDeliveryView = z.object({
  orderId: z.string(),
  store: z.object({ id: z.string(), name: z.string().optional(), lat: z.number(), lng: z.number() }),
  area: z
    .object({ lat: z.number(), lng: z.number() })
    .describe('The middle of the customer’s neighbourhood; the door is told to the rider who claims.'),
  distanceM: z.number().describe('From the rider to the customer, rounded to 10 m.'),
  cookedAt: z.string(),
})
