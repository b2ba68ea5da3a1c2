import { z } from 'zod'
import { ALERT_LEVELS } from '../../machines/order-types.ts'
import { causeView } from './cause.ts'
import { messageView } from './messages.ts'
import type { OrderView } from './order-view.ts'
import { orderViewSchema } from './order-view-schema.ts'

const version = z.number().int()
/** When it ended, and by which version. */
const ended = { at: z.string(), version: version.optional() }
const by = z.object({ role: z.string(), id: z.string() })
export const retryView = z.object({ at: z.string(), by: z.string(), why: z.string() })

/** What all entries have: when, ISO 8601 UTC, and the request that it all began with. */
const entry = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), at: z.string(), requestId: z.string().optional(), ...shape })

/** A step of the order. `status` is what people see; `regions` is where the order is in all. */
const recordEntry = entry('record', {
  version,
  event: z.string(),
  status: z.string(),
  regions: z.record(z.string(), z.string()),
  by,
  commandId: z.string(),
  cause: causeView,
})

/** Work asked for by `version`. `dropped`: the order left the state in which it waited. `givenUp`: there is a dead letter. */
const effectEntry = entry('effect', {
  version,
  name: z.string(),
  id: z.string(),
  end: z.object({
    kind: z.enum(['waiting', 'done', 'failed', 'dropped', 'givenUp']),
    at: z.string().optional(),
    version: version.optional(),
  }),
  /** Known of what was given up. */
  attempts: z.number().int().optional(),
})

/** A limit set by `version`. */
const timerEntry = entry('timer', {
  version,
  name: z.string(),
  dueAt: z.string(),
  end: z.object({ kind: z.enum(['waiting', 'fired', 'cancelled']), at: z.string().optional(), version: version.optional() }),
})

/** What `version` told another actor. `heard` is absent while nobody knows that it arrived. */
const tellEntry = entry('tell', { version, to: z.string(), event: z.string(), heard: z.object(ended).optional() })

/** The order came on the riders' board, or left it. */
const boardEntry = entry('board', { version, open: z.boolean() })

/** The store was called again to an order that nobody had looked at. */
const alertEntry = entry('alert', { version, alerts: z.number().int(), level: z.enum(ALERT_LEVELS) })

const messageEntry = entry('message', messageView.omit({ at: true, orderId: true, correlationId: true }).shape)

const deadLetterEntry = entry('deadLetter', {
  id: z.string(),
  src: z.string(),
  attempts: z.number().int(),
  reason: z.string(),
  retried: retryView.optional(),
})

export const storyEntryView = z.discriminatedUnion('kind', [
  recordEntry,
  effectEntry,
  timerEntry,
  tellEntry,
  boardEntry,
  alertEntry,
  messageEntry,
  deadLetterEntry,
])
export type StoryEntry = z.output<typeof storyEntryView>
export type EffectStory = z.output<typeof effectEntry>
export type TimerStory = z.output<typeof timerEntry>

/** `GET /api/ops/orders/:id/timeline`. `source`: where the records were read; the archive knows nothing of what was told. */
export const orderStoryView = z.object({
  order: orderViewSchema,
  source: z.enum(['log', 'archive']),
  /** Whether the messages could be read just now. */
  messagesKnown: z.boolean(),
  entries: z.array(storyEntryView),
})
export type OrderStory = Omit<z.output<typeof orderStoryView>, 'order'> & { readonly order: OrderView }
