import { formatAddress } from './address.ts'
import { type Clock, isoOf } from './clock.ts'
import { bury, type DeadLetter, reasonOf } from './dead-letters.ts'
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
  readonly log: Pick<Log, 'consume' | 'put'>
  readonly router: Pick<Router, 'ask'>
  readonly clock: Clock
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly stream: string
  readonly concurrency: number
  /** A host silent for this long is taken for dead and its timers given to another; default 5,000 ms. One at work is kept alive. */
  readonly ackWaitMs?: number
  readonly onDeadLetter?: (letter: DeadLetter) => void
  /** Hears of a message that no schedule wrote; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

/**
 * Brings timers that fell due to their actors. T1. One that the actor no longer waits for is refused there and forgotten here.
 * T2. A timer delivered twice moves its actor once: the first takes the wait away. T3. One that its actor cannot take is
 * kept as a dead letter before it is settled.
 */
export const runTimers = (options: TimerOptions): Promise<Subscription> =>
  options.log.consume<DueBody>({
    stream: options.stream,
    durable: 'timers',
    subjects: ['due.>'],
    concurrency: options.concurrency,
    ackWaitMs: options.ackWaitMs ?? 5_000,
    handler: (message, attempt) => ring(options, message, attempt),
  })

const ring = async (options: TimerOptions, message: Stored<DueBody>, attempt: number): Promise<Settled> => {
  const { log, router, clock, random } = options
  if (!isDue(message)) {
    options.onPoison?.(message)
    return { kind: 'done' }
  }
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
  if (reply.kind !== 'failed') return { kind: 'done' } // T1, T2
  if (reply.retry) return { kind: 'retry', afterMs: backoffMs(attempt, random()) }
  const why = { attempts: attempt, reason: reasonOf(reply), at: isoOf(clock.now()) }
  const letter = await bury(log, { src: 'due', address, n, message, ...why }) // T3
  options.onDeadLetter?.(letter)
  return { kind: 'done' }
}

/** due.<kind>.<shard>.<id>.<n>, with a body that names the timer. */
const isDue = ({ subject, body }: Stored<Partial<DueBody> | undefined>): boolean =>
  subject.split('.').length === 5 && typeof body?.timerId === 'string' && typeof body.n === 'string' && typeof body.event?.type === 'string'
