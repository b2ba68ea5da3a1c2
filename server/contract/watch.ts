import { z } from 'zod'
import { ORDER_STATUSES } from '../../machines/order-types.ts'
import type { Told } from './told.ts'

const count = z.number().int().min(0)

/** `GET /api/ops/lag`. */
export const lagView = z.object({
  streams: z.array(z.object({ stream: z.string(), end: count.describe('Its last sequence.') })),
  readers: z.array(
    z.object({
      reader: z.string().describe('A consumer by its name in JetStream, or `projector`.'),
      stream: z.string(),
      position: count.describe('The newest sequence that it was handed; of the projector, that is written.'),
      behind: count.describe('Messages for it that it has not come to yet; of the projector, all up to the end.'),
      inHand: count.optional().describe('Handed out and not settled yet.'),
    }),
  ),
  unknown: z.array(z.string()).describe('What could not be asked just now: `projector` while PostgreSQL is away.'),
})
export type LagView = Told<z.output<typeof lagView>>

/** `GET /api/ops/waiting-room`. */
export const waitingRoomView = z.object({
  known: z.boolean().describe('Whether any host has counted; false while there is none, or no payment worker ever was.'),
  waiting: count.describe('Payments that no worker has taken up yet.'),
  perS: z.number().min(0).describe('Payments that the workers bring to an end each second; 0 while there are none.'),
  busy: z.boolean().describe('Whether a payment that came now would be given a ticket.'),
  openUntil: z.string().optional().describe('While the breaker of confirmations is open: when it tries again.'),
  oldest: z.object({ orderId: z.string(), since: z.string() }).optional().describe('The one who waits longest.'),
})
export type WaitingRoomView = Told<z.output<typeof waitingRoomView>>

/** `GET /api/ops/open-orders`. */
export const openOrdersView = z.object({
  byStatus: z
    .partialRecord(z.enum(ORDER_STATUSES), count)
    .describe('Orders that are not over, or whose refund is on its way; a status without any is absent.'),
  cells: z
    .array(z.object({ cell: z.string(), lat: z.number(), lng: z.number(), orders: count }))
    .describe('The same by the H3 cell (resolution 7) that they go to, with its middle; fullest first.'),
})
export type OpenOrdersView = Told<z.output<typeof openOrdersView>>

/** `GET /api/ops/figures`. */
export const figuresView = z.object({
  gateway: z.string().describe('Who answers: these are the figures of this one gateway, since it was started, and of no other.'),
  since: z.string(),
  commandsPerS: z.number().describe('Commands on orders, refused ones among them, over REST and sockets; over the last ten seconds.'),
  ordersPerS: z.number().describe('Orders taken, alike.'),
  pushesPerS: z.number().describe('What sockets were told, alike.'),
  sockets: count.describe('Open now.'),
  commandP50Ms: z.number().optional().describe('Of the last minute, within a tenth; absent when there was no command.'),
  commandP99Ms: z.number().optional(),
  loopDelayMs: z.number().describe('How late this process is for whatever it has to do.'),
})
export type FiguresView = Told<z.output<typeof figuresView>>
