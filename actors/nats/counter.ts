import { headers, type NatsConnection } from '@nats-io/transport-node'
import type { Counter } from '../counter.ts'
import type { Direct } from './direct.ts'

/** A count takes under a millisecond with its fsync; whoever waits longer than this has better things to do. */
const ACK_WITHIN_MS = 1_000

interface Ack {
  readonly val?: string
  readonly error?: { readonly description: string }
}

/**
 * Counts on a stream with `allow_msg_counter`: the server adds `Nats-Incr` to the subject's last value, stores the sum and tells it
 * in the acknowledgement (NATS ADR-49). The server's leader of the stream does one at a time, which is C1; an acknowledged one is on disk, C2.
 */
export class NatsCounter implements Counter {
  readonly #nc: NatsConnection
  readonly #direct: Direct
  readonly #stream: string
  readonly #prefix: string

  constructor(nc: NatsConnection, direct: Direct, stream: string, prefix: string) {
    this.#nc = nc
    this.#direct = direct
    this.#stream = stream
    this.#prefix = prefix
  }

  async add(key: string, amount: number): Promise<number> {
    if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number: ${amount}`)
    const increment = headers()
    increment.set('Nats-Incr', amount < 0 ? String(amount) : `+${amount}`)
    const answer = await this.#nc.request(this.#subject(key), undefined, { headers: increment, timeout: ACK_WITHIN_MS })
    const { val, error } = answer.json<Ack>()
    if (error || val === undefined) throw new Error(`${this.#stream} did not count: ${error?.description ?? 'it keeps no counters'}`)
    return Number(val)
  }

  async sum(key: string): Promise<number> {
    const last = await this.#direct.last<{ readonly val: string }>(this.#stream, this.#subject(key))
    return last ? Number(last.body.val) : 0
  }

  #subject(key: string): string {
    return `${this.#prefix}.${key}`
  }
}
