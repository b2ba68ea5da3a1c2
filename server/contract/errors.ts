import { type Code, ERRORS, type ErrorRow } from './error-table.ts'

export type Locale = 'ko' | 'en'

interface ApiErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>
  /** Seconds until a retry makes sense; the table's `retry` codes with status 429 or 503 default to 1. */
  readonly retryAfterS?: number
  readonly cause?: unknown
}

/** An answer that is not a success, on its way to a door. Doors turn it into a status, a header and a body. */
export class ApiError extends Error {
  readonly code: Code
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly retryAfterS: number | undefined

  constructor(code: Code, options: ApiErrorOptions = {}) {
    super(`${code}: ${ERRORS[code].en}`, { cause: options.cause })
    this.name = 'ApiError'
    this.code = code
    this.details = options.details
    this.retryAfterS = options.retryAfterS ?? (ERRORS[code].status === 429 || ERRORS[code].status === 503 ? 1 : undefined)
  }

  get row(): ErrorRow {
    return ERRORS[this.code]
  }
}

export interface ErrorBody {
  readonly code: Code
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
  /** In the ack of a socket, what `Retry-After` is over HTTP: seconds until it makes sense to ask again. */
  readonly retryAfterS?: number
}

/** What was thrown, as an answer; anything that is not an ApiError is a bug and says no more than INTERNAL. */
export const toApiError = (thrown: unknown): ApiError => (thrown instanceof ApiError ? thrown : new ApiError('INTERNAL', { cause: thrown }))

/** `{ code, message, details? }` in the reader's language: the body over HTTP, the `error` of an ack over a socket. */
export const errorBody = (thrown: unknown, locale: Locale): ErrorBody => {
  const { code, details, row } = toApiError(thrown)
  return { code, message: row[locale], ...(details === undefined ? {} : { details }) }
}

/** What to do with a promise that another system broke: `asked.catch(failsAs('UNAVAILABLE'))`. */
export const failsAs =
  (code: Code) =>
  (cause: unknown): never => {
    throw cause instanceof ApiError ? cause : new ApiError(code, { cause })
  }

export const isCode = (code: string): code is Code => Object.hasOwn(ERRORS, code)
