import { z } from 'zod'
import { ORDER_STATUSES } from '../../machines/order-types.ts'
import { causeView } from './cause.ts'

const choice = z.object({ id: z.string(), name: z.string(), price: z.number().int() })

const orderLine = z.object({
  menuId: z.string(),
  name: z.string(),
  quantity: z.number().int(),
  unitPrice: z.number().int(),
  choices: z.array(choice),
  lineTotal: z.number().int(),
})

export const ticketView = z.object({ position: z.number().int(), retryAfterMs: z.number().int(), expiresAt: z.string() })

/** `OrderView` of order-view.ts, described for readers outside: every reply and every push of an order looks like this. */
export const orderViewSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  status: z.enum(ORDER_STATUSES),
  store: z.object({ id: z.string(), name: z.string() }),
  customer: z.object({ id: z.string(), name: z.string().optional() }),
  rider: z
    .object({
      id: z.string(),
      name: z.string().optional(),
      lat: z.number().optional(),
      lng: z.number().optional(),
      at: z.string().optional(),
      stale: z.boolean().optional(),
    })
    .optional(),
  items: z.array(orderLine),
  total: z.number().int(),
  deliverTo: z.object({
    address: z.string().optional(),
    lat: z.number().optional(),
    lng: z.number().optional(),
    detail: z.string().optional(),
    area: z.string().optional(),
  }),
  note: z.string().optional(),
  payment: z.object({
    status: z.enum(['pending', 'waiting', 'approved', 'declined', 'unknown', 'canceled']),
    code: z.string().optional(),
    message: z.string().optional(),
    ticket: ticketView.optional(),
  }),
  refund: z.enum(['none', 'pending', 'done']),
  prepMinutes: z.number().int().optional(),
  prepReadyAt: z.string().optional(),
  claimedUntil: z.string().optional(),
  payBy: z
    .string()
    .optional()
    .describe('To its customer and to operators, while it is not paid or its payment was declined: until when it may be paid.'),
  placedAt: z.string(),
  updatedAt: z.string(),
  reason: z.string().optional(),
  alerts: z.number().int().optional().describe('To its store and to operators: how often the store was called again.'),
  seenAt: z.string().optional().describe('To the same: when somebody at the store acknowledged it.'),
})

export const orderPageView = z.object({ items: z.array(orderViewSchema), nextCursor: z.string().nullable() })

export const timelineView = z.array(
  z.object({
    version: z.number().int(),
    event: z.string(),
    status: z.string(),
    at: z.string(),
    by: z.object({ role: z.string(), id: z.string() }),
    cause: causeView,
    /** The request that it all began with: one's own, or for operators anybody's. */
    requestId: z.string().optional(),
  }),
)
export type TimelineEntry = z.output<typeof timelineView>[number]
