import type { ErrorBody } from '../../server/contract/errors.ts'
import type { Ack } from '../../server/contract/requests.ts'
import { type Backoff, waitMs } from './backoff.ts'
import type { Line } from './line.ts'
import { NoAnswer } from './refusals.ts'
import { isRetryable, mayHaveActed } from './retryable.ts'

export interface AskingOptions {
  readonly line: Pick<Line, 'whenReady'>
  readonly backoff: Backoff
  readonly random: () => number
  /** How long one answer may take. */
  readonly answerMs: number
}

export interface Persistence {
  /** No new try begins after it; 0: one try, and its answer as it is. */
  readonly withinMs: number
  /** Named in the error, if it comes to that. */
  readonly idempotencyKey?: string
}

/** A wait that the server asks for is kept up to here: what is further away is for a person to decide. */
const MOST_ASKED_WAIT_MS = 60_000

/**
 * Asks until there is an answer that means something.
 * Q1. Only what is safe to repeat is asked this way: under a key, or because doing it twice is doing it once.
 * Q2. What was said of the outcome is true: a refusal that was heard, "nothing was sent", or "nobody knows".
 */
export class Asking {
  readonly #options: AskingOptions

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** @param send one try, which rejects when no answer comes. @throws NoAnswer */
  async ask<Answer>(send: (answerMs: number) => Promise<Ack<Answer>>, { withinMs, idempotencyKey }: Persistence): Promise<Ack<Answer>> {
    const { line, answerMs } = this.#options
    const startedMs = performance.now()
    const leftMs = (): number => withinMs - (performance.now() - startedMs)
    let sent = false
    let acted = false // or may have
    let last: Ack<Answer> | undefined
    for (let tries = 0; tries === 0 || leftMs() > 0; tries++) {
      if (!(await line.whenReady(tries === 0 ? Math.max(withinMs, answerMs) : leftMs()))) break
      sent = true
      const ack = await send(answerMs).catch(() => undefined)
      if (ack && (ack.ok || withinMs === 0 || !isRetryable(ack.error.code))) return ack
      acted ||= !ack || (!ack.ok && mayHaveActed(ack.error.code))
      last = ack ?? last
      if (withinMs === 0 || !(await this.#pause(tries, errorOf(last), leftMs()))) break
    }
    if (last && !acted) return last // Q2
    const named = idempotencyKey === undefined ? {} : { idempotencyKey }
    throw new NoAnswer(sent ? 'OUTCOME_UNKNOWN' : 'NOT_SENT', { ...named, last: errorOf(last) })
  }

  /** False: the wait would last longer than there is time. */
  async #pause(tries: number, error: ErrorBody | undefined, leftMs: number): Promise<boolean> {
    const { backoff, random } = this.#options
    const asked = error?.retryAfterS === undefined ? 0 : Math.min(error.retryAfterS * 1_000, MOST_ASKED_WAIT_MS)
    const ms = Math.max(waitMs(backoff, tries, random()), asked)
    if (ms > leftMs) return false
    await new Promise(resolve => setTimeout(resolve, ms))
    return true
  }
}

const errorOf = (ack: Ack<unknown> | undefined): ErrorBody | undefined => (ack && !ack.ok ? ack.error : undefined)
