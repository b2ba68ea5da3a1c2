import { notificationsView } from './notifications.ts'
import type { Operation } from './operations.ts'
import { messagesBody, pushKeyView, subscriptionBody, subscriptionView, unsubscriptionBody } from './push.ts'

/** The calls of the public contract about messages and pushes. */
export const MESSAGE_OPERATIONS: readonly Operation[] = [
  {
    method: 'put',
    path: '/api/customers/me/messages',
    summary: 'Whether the customer wants messages by KakaoTalk and SMS',
    by: 'a customer',
    body: messagesBody,
    status: 200,
    reply: messagesBody,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/push/key',
    summary: 'The key under which a browser subscribes to push messages',
    status: 200,
    reply: pushKeyView,
    errors: ['PUSH_OFF'],
  },
  {
    method: 'put',
    path: '/api/push/subscriptions',
    summary: 'Sends push messages to this browser, too; the newest five of an account are kept',
    by: 'a store, a rider or a customer',
    body: subscriptionBody,
    status: 200,
    reply: subscriptionView,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID', 'PUSH_OFF'],
  },
  {
    method: 'delete',
    path: '/api/push/subscriptions',
    summary: 'Sends no more push messages to this browser',
    by: 'a store, a rider or a customer',
    body: unsubscriptionBody,
    status: 200,
    reply: subscriptionView,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/ops/notifications',
    summary: 'How much of the messages to customers is suspended now, since when and why, and the newest changes',
    by: 'an operator',
    status: 200,
    reply: notificationsView,
    errors: ['FORBIDDEN'],
  },
]
