import type { Msg } from '@nats-io/transport-node'
import type { Stored } from '../log.ts'
import { headerIn, headersOf, traceIn } from './headers.ts'
import { jsonOf } from './json.ts'

const LIVE = 'live.'
/** Copies come right after one another; these are the newest messages of a turn or two. */
const REMEMBERED = 64

/**
 * Reads what is heard live. A message comes once for every subscription that matches it, an order's record two or three times: it is read
 * once, and all who hear it are given the same.
 */
export class Heard {
  readonly #recent = new Map<string, Stored<unknown>>()

  /** Undefined for what is no stored message, or no JSON. */
  read<T>(message: Msg): Stored<T> | undefined {
    const headers = headersOf(message)
    const sequence = headerIn(headers, 'Nats-Sequence')
    if (sequence === undefined) return undefined
    const subject = message.subject.slice(LIVE.length)
    const key = `${sequence} ${subject}`
    const known = this.#recent.get(key)
    if (known) return known as Stored<T>
    const body = jsonOf<T>(message)
    if (body === undefined) return undefined
    const stored = { subject, seq: Number(sequence), at: headerIn(headers, 'Nats-Time-Stamp') ?? '', body, ...traceIn(headers) }
    this.#recent.set(key, stored)
    const [oldest] = this.#recent.keys()
    if (this.#recent.size > REMEMBERED && oldest !== undefined) this.#recent.delete(oldest)
    return stored
  }
}
