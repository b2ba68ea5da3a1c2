import { formatAddress } from './address.ts'
import { type Carrier, carry } from './carry.ts'
import { isoOf } from './clock.ts'
import type { Command, Event } from './envelope.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'
import { addressOfSubject } from './subjects.ts'
import { along, handling } from './tracing.ts'
import { correlation } from './waits.ts'

/** What is written on `due.…` when a schedule falls due. */
export interface DueBody {
  readonly timerId: string
  readonly n: string
  readonly event: Event
  readonly correlationId?: string
}

export interface TimerOptions extends Carrier {
  readonly log: Pick<Log, 'consume' | 'put'>
  readonly stream: string
  readonly concurrency: number
  /** A host silent for this long is taken for dead and its timers given to another; default 5,000 ms. One at work is kept alive. */
  readonly ackWaitMs?: number
  /** Hears of a message that no schedule wrote; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

/**
 * Brings timers that fell due to their actors. T1. One that the actor no longer waits for is refused there and forgotten here.
 * T2. A timer delivered twice moves its actor once: the first takes the wait away. T3. One that its actor cannot take is
 * kept as a dead letter before it is settled. T4. What falls due is a trace of its own, which names the one that set it.
 */
export const runTimers = (options: TimerOptions): Promise<Subscription> =>
  options.log.consume<DueBody>({
    stream: options.stream,
    durable: 'timers',
    subjects: ['due.>'],
    concurrency: options.concurrency,
    ackWaitMs: options.ackWaitMs ?? 5_000,
    handler: handling(options.tracer, 'timer', (message, attempt) => ring(options, message, attempt), 'after'), // T4
  })

const ring = async (options: TimerOptions, message: Stored<DueBody>, attempt: number): Promise<Settled> => {
  if (!isDue(message)) {
    options.onPoison?.(message)
    return { kind: 'done' }
  }
  const address = addressOfSubject(message.subject)
  const { timerId, n, event } = message.body
  const command: Command = {
    commandId: `due:${formatAddress(address)}:${n}`,
    address,
    event,
    answers: { wait: 'timer', id: timerId, n },
    by: { role: 'system', id: 'timer' },
    at: isoOf(options.now()),
    ...correlation(message.body),
    ...along(message),
  }
  return carry(options, command, { src: 'due', address, n, message, attempt }) // T1, T2, T3
}

/** due.<kind>.<shard>.<id>.<n>, with a body that names the timer. */
const isDue = ({ subject, body }: Stored<Partial<DueBody> | undefined>): boolean =>
  subject.split('.').length === 5 && typeof body?.timerId === 'string' && typeof body.n === 'string' && typeof body.event?.type === 'string'
