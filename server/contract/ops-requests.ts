import { z } from 'zod'
import { breakerView, forceBody } from './breakers.ts'
import { idField, textField } from './fields.ts'
import { drainBody, drainView, hostsView } from './hosts.ts'
import { logLevelBody, logLevelView } from './log-level.ts'
import { deadLetterPageView, deadLetterView } from './ops.ts'
import { orderStoryView } from './order-story.ts'
import { orderViewSchema } from './order-view-schema.ts'
import { lagView } from './watch.ts'

/** What operators ask over NATS: JSON in, JSON out. */
export interface OpsRequest {
  readonly summary: string
  /** Those who only look on may not. */
  readonly changes: boolean
  readonly request: z.ZodObject
  readonly reply: z.ZodType
}

/** NATS does not tell us who asks, so whoever changes something says it himself. */
const signed = { by: idField.default('nats-cli').describe('Who wants it; kept with it.') }
const id = z.string().min(1).max(200)
const name = z.string().min(1).max(64)

/** By subject. Their errors are those of `docs/errors.md`. */
export const OPS_REQUESTS = {
  'ops.order.get': {
    summary: 'An order as it stands',
    changes: false,
    request: z.object({ id }),
    reply: orderViewSchema,
  },
  'ops.order.timeline': {
    summary: 'Everything that is known of an order, with its causes, by time',
    changes: false,
    request: z.object({ id }),
    reply: orderStoryView,
  },
  'ops.breaker.get': {
    summary: 'A breaker as it stands: confirm, cancel or lookup',
    changes: false,
    request: z.object({ name }),
    reply: breakerView,
  },
  'ops.breaker.force': {
    summary: 'Forces a breaker open or closed until it is released',
    changes: true,
    request: z.object({ name, ...forceBody.shape, ...signed }),
    reply: breakerView,
  },
  'ops.breaker.release': {
    summary: 'Lets a forced breaker go by what workers see again',
    changes: true,
    request: z.object({ name, reason: textField(200).default('released'), ...signed }),
    reply: breakerView,
  },
  'ops.hosts': {
    summary: 'The hosts that are alive, with their shards, and who was made to leave',
    changes: false,
    request: z.object({}),
    reply: hostsView,
  },
  'ops.host.drain': {
    summary: 'Makes a host leave: it finishes what is in hand and gives its shards to the others',
    changes: true,
    request: z.object({ host: name, ...drainBody.shape, ...signed }),
    reply: drainView,
  },
  'ops.deadletters': {
    summary: 'What was given up and waits for an operator, oldest first, in pages',
    changes: false,
    request: z.object({ limit: z.number().int().min(1).max(100).default(100), cursor: z.string().min(1).max(200).optional() }),
    reply: deadLetterPageView,
  },
  'ops.deadletter.retry': {
    summary: 'Has a dead letter tried again',
    changes: true,
    request: z.object({ id, reason: textField(200).default('tried again'), ...signed }),
    reply: deadLetterView,
  },
  'ops.lag': {
    summary: 'How far each reader of the log is from its end',
    changes: false,
    request: z.object({}),
    reply: lagView,
  },
  'ops.log.level': {
    summary: 'Changes what processes log, for a while',
    changes: true,
    request: z.object({ ...logLevelBody.shape, ...signed }),
    reply: logLevelView,
  },
} as const satisfies Record<`ops.${string}`, OpsRequest>

export type OpsSubject = keyof typeof OPS_REQUESTS
