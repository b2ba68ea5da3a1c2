import type { Code } from '../../server/contract/error-table.ts'

/**
 * Codes after which the very same request is sent again, by itself: nobody could say, or not now. A test compares them with the server's
 * table. Refusals that a person may lift (a closed store, a dish that is sold out) are answers.
 */
const RETRYABLE: readonly Code[] = [
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'OVERLOADED',
  'UNAVAILABLE',
  'READ_MODEL_UNAVAILABLE',
  'MAILBOX_FULL',
  'HOST_FULL',
  'DRAINING',
  'NO_HOST',
  'LOG_UNAVAILABLE',
]

export const isRetryable = (code: Code): boolean => RETRYABLE.includes(code)

/** Whether the server, which answered so, may have done it all the same. It has not even begun with what is one too many. */
export const mayHaveActed = (code: Code): boolean => isRetryable(code) && code !== 'TOO_MANY_REQUESTS'
