import { type Clock, isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import type { Router } from '../../actors/router.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import { DEFAULT_BREAKER } from '../../machines/breaker-figures.ts'
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
 * P1. Asked of the breaker's actor, which gives it to one worker at a time.
 * P2. It is for one call, and that call's end is reported, once: what began before it proves nothing.
 * P3. A lease that was not used in its time is the actor's again.
 */
export class Probe {
  readonly #options: ProbeOptions
  /** When the lease that no call has used yet runs out, ms since 1970. */
  #untilMs = Number.NEGATIVE_INFINITY
  #asks = 0

  constructor(options: ProbeOptions) {
    this.#options = options
  }

  /** @returns whether this worker may make the call */
  async lease(): Promise<boolean> {
    const { name, worker, verdicts, clock } = this.#options
    if (clock.now() < this.#untilMs) return true
    const askedMs = clock.now()
    const { leaseMs } = verdicts.of(name)?.settings ?? DEFAULT_BREAKER
    const reply = await this.#ask({ type: 'askProbe', worker })
    if (reply.kind !== 'moved') return false // P1
    this.#untilMs = askedMs + leaseMs // P3
    return true
  }

  /** A call begins, and is the probe if there is an unused lease. @returns what is told how it ended; undefined: it is a call like any other */
  begin(): ((ok: boolean) => void) | undefined {
    if (this.#options.clock.now() >= this.#untilMs) return undefined
    this.forget()
    return ok => void this.#ask({ type: 'probed', worker: this.#options.worker, ok, random: this.#options.random() }) // P2
  }

  /** What was leased is worth nothing any more. */
  forget(): void {
    this.#untilMs = Number.NEGATIVE_INFINITY
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
