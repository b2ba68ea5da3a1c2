import type { SessionBody, SessionView } from '../../server/contract/accounts.ts'
import type { ErrorBody } from '../../server/contract/errors.ts'

/** An answer that is not a success. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly body: ErrorBody

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.name = 'ApiRefusal'
    this.status = status
    this.body = body
  }
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly token?: string
  readonly body?: unknown
  /** Makes a repeat safe: it gets the first answer. Placing an order needs it. */
  readonly idempotencyKey?: string
}

/** The REST side of the contract. */
export class Api {
  readonly #origin: string
  readonly #locale: 'ko' | 'en'
  readonly #send: typeof fetch

  /** @param origin `http://localhost:8080` @param send another way to send, such as one that looks at every answer */
  constructor(origin: string, locale: 'ko' | 'en' = 'ko', send: typeof fetch = (input, init) => fetch(input, init)) {
    this.#origin = origin
    this.#locale = locale
    this.#send = send
  }

  signIn(session: SessionBody): Promise<SessionView> {
    return this.call<SessionView>('/api/sessions', { method: 'POST', body: session })
  }

  /** @throws ApiRefusal when the server says no; TypeError when it cannot be reached */
  async call<Answer>(path: string, { method = 'GET', token, body, idempotencyKey }: Call = {}): Promise<Answer> {
    const response = await this.#send(new URL(path, this.#origin), {
      method,
      headers: {
        'accept-language': this.#locale,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Answer & { readonly error?: ErrorBody }
    if (!response.ok && answer.error) throw new ApiRefusal(response.status, answer.error)
    return answer
  }
}
