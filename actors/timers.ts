import { formatAddress } from './address.ts'
import { type Clock, isoOf } from './clock.ts'
import { backoffMs } from './effects.ts'
import type { Event } from './envelope.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'
import type { Router } from './router.ts'
import { addressOfSubject } from './subjects.ts'

/** What is written on `due.…` when a schedule falls due. */
export interface DueBody {
  readonly timerId: string
  readonly n: string
  readonly event: Event
}

export interface TimerOptions {
  readonly log: Log
  readonly router: Router
  readonly clock: Clock
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly stream: string
  readonly concurrency: number
}

/** Brings timers that fell due to their actors. One that the actor no longer waits for is refused there and forgotten here. */
export const runTimers = ({ log, router, clock, random, stream, concurrency }: TimerOptions): Promise<Subscription> =>
  log.consume<DueBody>({
    stream,
    durable: 'timers',
    subjects: ['due.>'],
    concurrency,
    ackWaitMs: 30_000,
    handler: async (message: Stored<DueBody>, attempt: number): Promise<Settled> => {
      const address = addressOfSubject(message.subject)
      const { timerId, n, event } = message.body
      const reply = await router.ask({
        commandId: `due:${formatAddress(address)}:${n}`,
        address,
        event,
        answers: { wait: 'timer', id: timerId, n },
        by: { role: 'system', id: 'timer' },
        at: isoOf(clock.now()),
      })
      return reply.kind === 'failed' && reply.retry ? { kind: 'retry', afterMs: backoffMs(attempt, random()) } : { kind: 'done' }
    },
  })
