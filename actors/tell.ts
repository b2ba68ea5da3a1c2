import { type Address, formatAddress } from './address.ts'
import { backoffMs, type Carrier, giveUp } from './carry.ts'
import { isoOf } from './clock.ts'
import { reasonOf } from './dead-letters.ts'
import type { Command, Event, Reply } from './envelope.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'
import { addressOfSubject } from './subjects.ts'
import { along, handling } from './tracing.ts'
import { correlation } from './waits.ts'

/** What is written on `fx.tell.…` when a machine tells another actor something (`Tell` in machines/step.ts). */
export interface TellBody {
  readonly n: string
  readonly to: Address
  readonly event: Event
  readonly correlationId?: string
}

export interface TellOptions extends Carrier {
  readonly log: Log
  readonly stream: string
  readonly concurrency: number
  /** Tries before an actor that cannot take it leaves a dead letter, default 10: about a minute. */
  readonly maxAttempts?: number
  /** Hears of what the other actor refused: an answer, and the end of it. */
  readonly onRefused?: (command: Command, reply: Extract<Reply, { kind: 'refused' }>) => void
  /** Hears of a message that no actor wrote; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

const MAX_ATTEMPTS = 10
/** A handler at work is kept alive; a worker that was killed leaves what it had to another after this long. */
const ACK_WAIT_MS = 5_000

/**
 * Brings what actors tell each other. W1. It is delivered though its sender moved on, ended, or its host died: it was written with
 * the sender's record. W2. It acts once: every try carries the same commandId, and before a repeat the other actor's history is asked
 * too, for its record remembers only the newest answers. W3. It is settled after the other actor's record is on disk, or its refusal.
 * Not promised: order. Two things told by one actor may arrive the other way round.
 */
export const runTells = (options: TellOptions): Promise<Subscription> =>
  options.log.consume<TellBody>({
    stream: options.stream,
    durable: 'tell',
    subjects: ['fx.tell.>'],
    concurrency: options.concurrency,
    ackWaitMs: ACK_WAIT_MS,
    handler: handling(options.tracer, 'tell', (message, attempt) => bring(options, message, attempt)),
  })

const bring = async (options: TellOptions, message: Stored<TellBody>, attempt: number): Promise<Settled> => {
  const { log, router, now, random, maxAttempts = MAX_ATTEMPTS } = options
  if (!isTold(message)) {
    options.onPoison?.(message)
    return { kind: 'done' }
  }
  const sender = addressOfSubject(message.subject)
  const { n, to, event } = message.body
  const from = formatAddress(sender)
  const commandId = `tell:${from}:${n}`
  if (attempt > 1 && (await log.history(to)).some(({ body }) => body.commandId === commandId)) return { kind: 'done' } // W2
  const command: Command = {
    commandId,
    address: to,
    event,
    by: { role: 'system', id: from },
    at: isoOf(now()),
    ...correlation(message.body),
    ...along(message),
  }
  const reply = await router.ask(command)
  if (reply.kind === 'refused') options.onRefused?.(command, reply)
  if (reply.kind !== 'failed') return { kind: 'done' } // W3
  if (reply.retry || attempt < maxAttempts) return { kind: 'retry', afterMs: backoffMs(attempt, random()) }
  return giveUp(options, { src: 'tell', address: sender, n, message, attempt }, reasonOf(reply))
}

/** fx.tell.<kind>.<shard>.<id>.<n>, with a body that names the other actor and an event. */
const isTold = ({ subject, body }: Stored<Partial<TellBody> | undefined>): boolean =>
  subject.split('.').length === 6 &&
  typeof body?.n === 'string' &&
  typeof body.to?.kind === 'string' &&
  typeof body.to.id === 'string' &&
  typeof body.event?.type === 'string'
