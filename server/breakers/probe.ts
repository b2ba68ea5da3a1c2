import { type Clock, isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import type { Router } from '../../actors/router.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import type { Verdicts } from './verdicts.ts'

export interface ProbeOptions {
  readonly name: BreakerName
  readonly worker: string
  readonly verdicts: Verdicts
  readonly router: Pick<Router, 'ask'>
  readonly clock: Clock
  readonly random: () => number
}

/** A lease that nobody answers for is not waited for longer. */
const ASK_MS = 2_000

/**
 * The lease on the one probe that the fleet may have under way.
 * P1. Asked of the breaker's actor, which gives it to one worker at a time. P2. Its end is reported once, whatever it was.
 */
export class Probe {
  readonly #options: ProbeOptions
  #held = false
  #asks = 0

  constructor(options: ProbeOptions) {
    this.#options = options
  }

  /** @returns whether this worker may make the call */
  async lease(): Promise<boolean> {
    if (this.#held) return true
    const reply = await this.#ask({ type: 'askProbe', worker: this.#options.worker })
    this.#held = reply.kind === 'moved' // P1
    return this.#held
  }

  /** A call has ended. */
  ended(ok: boolean): void {
    if (!this.#held) return
    this.#held = false // P2
    void this.#ask({ type: 'probed', worker: this.#options.worker, ok, random: this.#options.random() })
  }

  /** The breaker is in another state: what was leased then is worth nothing now. */
  forget(): void {
    if (this.#options.verdicts.of(this.#options.name)?.probing !== true) this.#held = false
  }

  #ask(event: Event) {
    const { name, worker, router, clock } = this.#options
    const command = {
      commandId: `${event.type}:${worker}:${this.#asks++}`,
      address: { kind: 'breaker', id: name },
      event,
      by: { role: 'system', id: worker },
      at: isoOf(clock.now()),
    } as const
    return router.ask(command, ASK_MS)
  }
}
