import { setTimeout as pause } from 'node:timers/promises'
import type { Command, Reply } from './envelope.ts'
import { endOfReply, spanOfCommand, type Tracer } from './tracing.ts'
import type { Wire } from './wire.ts'

export interface RouterOptions {
  readonly wire: Wire
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 0…1, for jitter. */
  readonly random: () => number
  /**
   * How long the first try may take, default 500 ms, well over the p99 under full load; the next ones twice as long each, to
   * four times. A host that froze stays in the queue group until the server misses it, so a lost try must be cheap.
   */
  readonly tryMs?: number
  readonly tracer?: Tracer | undefined
}

/**
 * Brings a command to its actor's host and the answer back.
 * R1. Every try carries the same commandId, so asking twice acts once.
 * R2. It answers by the deadline, with `failed NO_HOST` if it has nothing better.
 */
export class Router {
  readonly #options: Required<Omit<RouterOptions, 'tracer'>>
  readonly #tracer: Tracer | undefined

  constructor({ tracer, ...options }: RouterOptions) {
    this.#options = { tryMs: 500, ...options }
    this.#tracer = tracer
  }

  /** @param deadlineMs how long the caller will wait, from now; default 10,000 */
  ask(command: Command, deadlineMs = 10_000): Promise<Reply> {
    const span = command.trace && this.#tracer?.within(command.trace, spanOfCommand('ask', 'client', command))
    if (!span) return this.#ask(command, deadlineMs)
    return this.#ask({ ...command, trace: span.trace }, deadlineMs).then(reply => {
      span.end(endOfReply(reply))
      return reply
    })
  }

  async #ask(command: Command, deadlineMs: number): Promise<Reply> {
    const { wire, now, random, tryMs } = this.#options
    const until = now() + deadlineMs
    let last: Reply = { kind: 'failed', code: 'NO_HOST', retry: true }
    for (let tries = 0; ; tries++) {
      const asked = await wire.ask(command, Math.max(1, Math.min(tryMs * 2 ** Math.min(tries, 2), until - now())))
      if (asked.kind === 'answered') {
        last = asked.reply
        if (last.kind !== 'failed' || !last.retry) return last
      }
      // 10, 20, 40 … 400 ms, half of it by chance: a shard changes hands in well under a second.
      const waitMs = Math.min(400, 10 * 2 ** tries) * (0.5 + random() / 2)
      if (now() + waitMs >= until) return last // R2
      await pause(waitMs)
    }
  }
}
