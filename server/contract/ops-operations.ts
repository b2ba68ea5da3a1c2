import { z } from 'zod'
import { signedOutView, signOutBody } from './accounts.ts'
import type { Operation } from './operations.ts'
import { alarmView, deadLetterPageView, deadLettersQuery, deadLetterView, opsOrdersQuery, retryBody } from './ops.ts'
import { orderStoryView } from './order-story.ts'
import { orderPageView } from './order-view-schema.ts'

const by = 'an operator'

/** The calls of the public contract that are for operators. */
export const OPS_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/ops/accounts/{role}/{id}/sign-out',
    summary: 'Ends every session of an account, and cuts its sockets',
    by,
    body: signOutBody,
    status: 200,
    reply: signedOutView,
    errors: ['FORBIDDEN', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/ops/orders',
    summary: 'Finds orders by the beginning of an id or by a customer’s phone, in pages',
    by,
    query: opsOrdersQuery,
    status: 200,
    reply: orderPageView,
    errors: ['FORBIDDEN', 'INVALID', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'get',
    path: '/api/ops/orders/{id}/timeline',
    summary: 'Everything that is known of an order, with its causes, by time',
    by,
    status: 200,
    reply: orderStoryView,
    errors: ['FORBIDDEN', 'ORDER_NOT_FOUND', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'get',
    path: '/api/ops/dead-letters',
    summary: 'What was given up and waits for an operator, oldest first, in pages',
    by,
    query: deadLettersQuery,
    status: 200,
    reply: deadLetterPageView,
    errors: ['FORBIDDEN', 'INVALID'],
  },
  {
    method: 'post',
    path: '/api/ops/dead-letters/retry',
    summary: 'Has a dead letter tried again; who and why are kept with it',
    by,
    body: retryBody,
    status: 200,
    reply: deadLetterView,
    errors: ['FORBIDDEN', 'INVALID', 'NOT_FOUND'],
  },
  {
    method: 'get',
    path: '/api/ops/alarms',
    summary: 'Orders that nobody at their store has looked at, though it was called again and again; 100 at most',
    by,
    status: 200,
    reply: z.array(alarmView),
    errors: ['FORBIDDEN'],
  },
]
