import type { Address } from './address.ts'
import { type Carrier, carry } from './carry.ts'
import type { Command } from './envelope.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'
import { inboxSubject } from './subjects.ts'
import { along, handling } from './tracing.ts'

/**
 * Takes a command durably, whoever is away: it is executed when a host is back. Writing it twice is fine, its commandId makes
 * it once. @throws Error when the log does not take it
 */
export const putInInbox = (log: Pick<Log, 'put'>, { trace, ...command }: Command): Promise<void> =>
  log.put(inboxSubject(command.address), command, trace)

/** The command of an actor that will be executed next; undefined when none waits. */
export const nextInInbox = async (log: Pick<Log, 'oldest'>, address: Address): Promise<Command | undefined> => {
  const next = await log.oldest<Command>(inboxSubject(address))
  return next && isCommandFor(next) ? next.body : undefined
}

export interface InboxOptions extends Carrier {
  readonly log: Pick<Log, 'consume' | 'oldest' | 'put'>
  /** The work queue that holds `inbox.>`. */
  readonly stream: string
  /** Actors served at once. */
  readonly concurrency: number
  /** A runner silent for this long is taken for dead and its command given to another; default 5,000 ms. One at work is kept alive. */
  readonly ackWaitMs?: number
  /** Hears of a message that is no command for the actor in its subject; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

/**
 * Executes what waits in the inbox; any number of runners share it.
 * I1. A command is executed only while it is its actor's oldest: those before it have been answered and removed. So an actor's
 *     commands keep their order, whichever runner holds which of them, and whoever of them is killed.
 * I2. It is removed only after its actor answered, or after it was kept as a dead letter.
 */
export const runInbox = (options: InboxOptions): Promise<Subscription> =>
  options.log.consume<Command>({
    stream: options.stream,
    durable: 'inbox',
    subjects: ['inbox.>'],
    concurrency: options.concurrency,
    ackWaitMs: options.ackWaitMs ?? 5_000,
    handler: handling(options.tracer, 'inbox', (message, attempt) => execute(options, message, attempt)),
  })

const execute = async (options: InboxOptions, message: Stored<Command>, attempt: number): Promise<Settled> => {
  // A replica that lags may not show this message yet: whatever it shows instead, the message waits.
  if ((await options.log.oldest(message.subject))?.seq !== message.seq) {
    return { kind: 'retry', afterMs: turnMs(attempt, options.random()) } // I1
  }
  if (!isCommandFor(message)) {
    options.onPoison?.(message)
    return { kind: 'done' }
  }
  const command: Command = { ...message.body, ...along(message) }
  return carry(options, command, { src: 'inbox', address: command.address, n: String(message.seq), message, attempt }) // I2
}

/** Those before it take a few milliseconds each; behind one that cannot be executed yet, a look every 100 ms costs little. */
const turnMs = (attempt: number, random: number): number => Math.min(100, 10 * 2 ** attempt) * (0.5 + random / 2)

const isCommandFor = ({ subject, body }: Stored<Partial<Command> | undefined>): boolean =>
  typeof body?.address?.id === 'string' && typeof body.event?.type === 'string' && inboxSubject(body.address) === subject
