import { z } from 'zod'
import type { Operation } from './operations.ts'

/** A document has a format of its own, which its specification describes. */
const documentView = z.looseObject({ info: z.looseObject({ title: z.string(), version: z.string() }) })

/** The contract about itself. */
export const DOCUMENT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'The calls of REST, as OpenAPI 3.1',
    status: 200,
    reply: documentView.extend({ openapi: z.string() }),
    errors: [],
  },
  {
    method: 'get',
    path: '/api/asyncapi.json',
    summary: 'The events of the sockets, as AsyncAPI 3',
    status: 200,
    reply: documentView.extend({ asyncapi: z.string() }),
    errors: [],
  },
  {
    method: 'get',
    path: '/api/docs',
    summary: 'Both, as a page to read, its labels in Korean or English by Accept-Language',
    status: 200,
    reply: z.string(),
    type: 'text/html',
    errors: [],
  },
]
