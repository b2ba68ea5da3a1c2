import { z } from 'zod'
import { type Code, ERRORS } from './error-table.ts'

const CODES = Object.keys(ERRORS) as [Code, ...Code[]]

/** An error as every door says it: the `error` of an answer over HTTP and of an ack, the `data` of a refused connection. */
export const errorView = z.object({
  code: z.enum(CODES).describe('Go by this; docs/errors.md explains each.'),
  message: z.string().describe('For people, in Korean or English.'),
  details: z.record(z.string(), z.unknown()).optional(),
  retryAfterS: z.number().int().optional().describe('Over a socket: seconds until another try makes sense; HTTP says it in Retry-After.'),
})
