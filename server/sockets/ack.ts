import type { Logger } from 'pino'
import type { Account } from '../contract/account.ts'
import { ApiError, type ErrorBody, errorBody, toApiError } from '../contract/errors.ts'
import type { Guest } from './handshake.ts'
import type { Request } from './requests.ts'

export type Ack = ({ readonly ok: true } & object) | { readonly ok: false; readonly error: ErrorBody }

/** Requests of one socket in hand at once; a tablet in a rush has two or three. */
export const MOST_IN_HAND = 32

/**
 * Answers the requests of one socket.
 * A1. Every request is answered once, whatever it does; nothing a client sends throws out of here.
 */
export class Answering {
  readonly #guest: Guest
  readonly #logger: Pick<Logger, 'error'>
  readonly #inHand = new Set<Promise<Ack>>()
  #draining = false

  constructor(guest: Guest, logger: Pick<Logger, 'error'>) {
    this.#guest = guest
    this.#logger = logger
  }

  /** The arguments of an event as they came: a payload and, if the client cares, a function to call with the answer. */
  async take(request: Request, args: readonly unknown[]): Promise<void> {
    const ack = args.at(-1)
    const answering = this.#answer(request, typeof args[0] === 'function' ? undefined : args[0])
    this.#inHand.add(answering)
    const answer = await answering
    this.#inHand.delete(answering)
    if (typeof ack === 'function') ack(answer)
  }

  /** Takes nothing new, and waits for what is in hand. */
  async drain(): Promise<void> {
    this.#draining = true
    await Promise.all(this.#inHand)
  }

  async #answer(request: Request, payload: unknown): Promise<Ack> {
    const { account, locale } = this.#guest
    try {
      if (this.#draining) throw new ApiError('DRAINING')
      if (this.#inHand.size >= MOST_IN_HAND) throw new ApiError('TOO_MANY_REQUESTS')
      return { ok: true, ...(await request(account, payload)) }
    } catch (thrown) {
      this.#note(account, thrown)
      return { ok: false, error: errorBody(thrown, locale) } // A1
    }
  }

  /** Refusals are everyday; what breaks on our side is not. */
  #note(account: Account, thrown: unknown): void {
    if (toApiError(thrown).row.status === 500) this.#logger.error({ err: thrown, account }, 'a socket request broke')
  }
}
