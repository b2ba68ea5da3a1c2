import { z } from 'zod'
import { accountBody, refreshBody, sessionBody, sessionView, signedOutView } from './accounts.ts'
import { BREAKER_OPERATIONS } from './breaker-operations.ts'
import { customerView } from './customers.ts'
import { DOCUMENT_OPERATIONS } from './document-operations.ts'
import type { Code } from './error-table.ts'
import { MESSAGE_OPERATIONS } from './message-operations.ts'
import { OPS_OPERATIONS } from './ops-operations.ts'
import { COMMAND_BODIES, COMMAND_PATHS, type CommandName } from './order-commands.ts'
import { orderListQuery } from './order-queries.ts'
import { orderPageView, orderViewSchema, timelineView } from './order-view-schema.ts'
import { deliveriesQuery, locationBody, onlineBody, openDeliveryView } from './riders.ts'
import { STORE_OPERATIONS } from './store-operations.ts'
import { nearQuery, nearStoreView, storeWithMenuView } from './stores.ts'
import { WATCH_OPERATIONS } from './watch-operations.ts'
import { WEBHOOK_OPERATIONS } from './webhook-operations.ts'

/** One call of the public contract, described by the schemas that check it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** `/api/orders/{id}` */
  readonly path: string
  readonly summary: string
  /** Who may call it; absent: anyone. */
  readonly by?: string
  readonly query?: z.ZodObject
  readonly headers?: Readonly<Record<string, { readonly required: boolean; readonly text: string }>>
  readonly body?: z.ZodType
  readonly status: 200 | 201
  readonly reply: z.ZodType
  /** The media type of the reply, default `application/json`. */
  readonly type?: 'text/html'
  /** 202: an order that waits, for its payment's turn or for a host. */
  readonly mayWait?: boolean
  /** 304, for who names the version that he has. */
  readonly mayBeUnchanged?: boolean
  /** What it may answer beside the errors that every call shares. */
  readonly errors: readonly Code[]
}

const KEY = 'A repeat under the same key gets the first answer.'

const RIDERS: readonly CommandName[] = ['claim', 'release', 'pick', 'deliver']

const commandOf = (name: Exclude<CommandName, 'place'>): Operation => ({
  method: 'post',
  path: `/api/orders/{id}/${COMMAND_PATHS[name]}`,
  summary: `Sends the order the command ${name}`,
  by: RIDERS.includes(name) ? 'a rider' : name === 'abort' ? 'an operator' : 'a party to the order',
  headers: {
    'Idempotency-Key': { required: false, text: KEY },
    'If-Match': { required: false, text: 'Refuse unless the order is at this version.' },
  },
  body: COMMAND_BODIES[name],
  status: 200,
  reply: orderViewSchema,
  mayWait: name === 'pay',
  errors: [
    'FORBIDDEN',
    'ORDER_NOT_FOUND',
    'ORDER_REFUSED',
    'VERSION_MISMATCH',
    'INVALID',
    'IDEMPOTENCY_KEY_REUSED',
    ...(name === 'claim' || name === 'pick' ? (['ALREADY_PICKED', 'RIDER_BUSY', 'NOT_FOUND'] as const) : []),
  ],
})

export const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/sessions',
    summary: 'Signs in',
    body: sessionBody,
    status: 201,
    reply: sessionView,
    errors: ['WRONG_CREDENTIALS', 'INVALID', 'TOO_MANY_REQUESTS'],
  },
  {
    method: 'post',
    path: '/api/sessions/refresh',
    summary: 'Fetches the next token of a session; a refresh token is good once',
    body: refreshBody,
    status: 200,
    reply: sessionView,
    errors: ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'INVALID'],
  },
  {
    method: 'delete',
    path: '/api/sessions/me',
    summary: 'Signs out: the session is over, its sockets are cut',
    by: 'anybody who is signed in',
    status: 200,
    reply: signedOutView,
    errors: [],
  },
  {
    method: 'delete',
    path: '/api/sessions',
    summary: 'Signs out everywhere',
    by: 'anybody who is signed in',
    status: 200,
    reply: signedOutView,
    errors: [],
  },
  {
    method: 'post',
    path: '/api/accounts',
    summary: 'Registers a customer or a rider, and signs in',
    body: accountBody,
    status: 201,
    reply: sessionView,
    errors: ['LOGIN_TAKEN', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/stores',
    summary: 'Stores near a place, nearest first, 200 at most; with q those whose name, or a dish, holds it',
    query: nearQuery,
    status: 200,
    reply: z.array(nearStoreView),
    errors: ['INVALID', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'get',
    path: '/api/stores/{id}',
    summary: 'A store with its menu',
    status: 200,
    reply: storeWithMenuView,
    errors: ['STORE_NOT_FOUND'],
  },
  {
    method: 'post',
    path: '/api/orders',
    summary: 'Takes an order; with a paymentKey it pays in the same call',
    by: 'a customer',
    headers: { 'Idempotency-Key': { required: true, text: KEY } },
    body: COMMAND_BODIES.place,
    status: 201,
    reply: orderViewSchema,
    mayWait: true,
    errors: [
      'IDEMPOTENCY_KEY_REQUIRED',
      'FORBIDDEN',
      'STORE_NOT_FOUND',
      'STORE_CLOSED',
      'STORE_BUSY',
      'INVALID',
      'MENU_NOT_FOUND',
      'SOLD_OUT',
      'CHOICE_NOT_FOUND',
      'CHOICE_COUNT',
      'TOTAL_TOO_LARGE',
      'IDEMPOTENCY_KEY_REUSED',
    ],
  },
  {
    method: 'get',
    path: '/api/orders',
    summary: 'Own orders, newest first, in pages',
    by: 'anyone signed in',
    query: orderListQuery,
    status: 200,
    reply: orderPageView,
    errors: ['INVALID', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'get',
    path: '/api/orders/{id}',
    summary: 'One order; its ETag is its version',
    by: 'a party to the order',
    headers: { 'If-None-Match': { required: false, text: 'Answer 304 when the order is still at this version.' } },
    status: 200,
    reply: orderViewSchema,
    mayBeUnchanged: true,
    errors: ['FORBIDDEN', 'ORDER_NOT_FOUND'],
  },
  {
    method: 'get',
    path: '/api/orders/{id}/timeline',
    summary: 'What happened to an order, oldest first',
    by: 'a party to the order',
    status: 200,
    reply: timelineView,
    errors: ['FORBIDDEN', 'ORDER_NOT_FOUND'],
  },
  ...(Object.keys(COMMAND_PATHS) as (keyof typeof COMMAND_PATHS)[]).map(commandOf),
  {
    method: 'get',
    path: '/api/deliveries',
    summary: 'Open deliveries around the rider, nearest first',
    by: 'a rider',
    query: deliveriesQuery,
    status: 200,
    reply: z.array(openDeliveryView),
    errors: ['FORBIDDEN', 'LOCATION_UNKNOWN', 'INVALID'],
  },
  {
    method: 'put',
    path: '/api/riders/me/location',
    summary: 'Where the rider is; a late report is not accepted',
    by: 'a rider',
    body: locationBody,
    status: 200,
    reply: z.object({ accepted: z.boolean() }),
    errors: ['FORBIDDEN', 'INVALID'],
  },
  {
    method: 'put',
    path: '/api/riders/me/status',
    summary: 'Begins or ends a rider’s day',
    by: 'a rider',
    body: onlineBody,
    status: 200,
    reply: onlineBody,
    errors: ['FORBIDDEN', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/customers/me',
    summary: 'The customer’s profile',
    by: 'a customer',
    status: 200,
    reply: customerView,
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  },
  ...STORE_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  ...OPS_OPERATIONS,
  ...BREAKER_OPERATIONS,
  ...WATCH_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...DOCUMENT_OPERATIONS,
]
