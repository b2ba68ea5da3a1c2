import type { ErrorBody } from '../../server/contract/errors.ts'

/** The server refused the token: sign in again. `code` is UNAUTHENTICATED or TOKEN_EXPIRED, or says what else went wrong. */
export class ConnectError extends Error {
  readonly code: string

  constructor({ code, message }: Pick<ErrorBody, 'message'> & { readonly code: string }) {
    super(message)
    this.name = 'ConnectError'
    this.code = code
  }
}

/** Why there is no answer: it was never sent, so nothing has happened; or it was, and nobody knows. */
export type Silence = 'NOT_SENT' | 'OUTCOME_UNKNOWN'

/**
 * A request has no answer, in spite of all repeats. After OUTCOME_UNKNOWN it may have been done: send it again with `idempotencyKey`, and
 * it is done once, or look at the order.
 */
export class NoAnswer extends Error {
  readonly code: Silence
  /** The key under which it was sent. */
  readonly idempotencyKey: string | undefined
  /** The server's last word, when it had one. */
  readonly last: ErrorBody | undefined

  constructor(code: Silence, { idempotencyKey, last }: { readonly idempotencyKey?: string; readonly last?: ErrorBody | undefined } = {}) {
    super(code === 'NOT_SENT' ? 'there was no connection: nothing was sent' : 'no answer came: whether it was done is not known')
    this.name = 'NoAnswer'
    this.code = code
    this.idempotencyKey = idempotencyKey
    this.last = last
  }
}
