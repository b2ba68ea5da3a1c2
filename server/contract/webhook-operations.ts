import { z } from 'zod'
import type { Operation } from './operations.ts'

const nothing = z.object({})

/** Calls for providers. Whatever they send is looked at in part and believed in none, so their bodies are theirs to describe. */
export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/webhooks/toss',
    summary: 'A hint of Toss that a payment has moved: the payment is read again before anything is done',
    body: z.looseObject({}),
    status: 200,
    reply: nothing,
    errors: [],
  },
  {
    method: 'post',
    path: '/webhooks/solapi',
    summary: 'Reports of Solapi on how messages ended; whatever cannot be read is passed over',
    body: z.array(z.looseObject({})),
    status: 200,
    reply: nothing,
    errors: [],
  },
]
