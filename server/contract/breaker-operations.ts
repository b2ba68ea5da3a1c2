import { z } from 'zod'
import { breakerChangeView, breakerView, forceBody, releaseBody } from './breakers.ts'
import type { Operation } from './operations.ts'

const by = 'an operator'

export const BREAKER_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/ops/breakers',
    summary: 'The payment breakers as they stand',
    by,
    status: 200,
    reply: z.array(breakerView),
    errors: ['FORBIDDEN'],
  },
  {
    method: 'post',
    path: '/api/ops/breakers/{name}/force',
    summary: 'Forces a breaker open or closed until it is released; who and why are kept',
    by,
    body: forceBody,
    status: 200,
    reply: breakerView,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID'],
  },
  {
    method: 'post',
    path: '/api/ops/breakers/{name}/release',
    summary: 'Lets a forced breaker go by what workers see again',
    by,
    body: releaseBody,
    status: 200,
    reply: breakerView,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID', 'REFUSED'],
  },
  {
    method: 'get',
    path: '/api/ops/breakers/{name}/history',
    summary: 'The newest 100 changes of a breaker, newest first, as far back as log and archive can be read now',
    by,
    status: 200,
    reply: z.array(breakerChangeView),
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  },
]
