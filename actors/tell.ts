import { type Address, formatAddress } from './address.ts'
import { type Clock, isoOf } from './clock.ts'
import { bury, type DeadLetter, reasonOf } from './dead-letters.ts'
import { backoffMs } from './effects.ts'
import type { Command, Event, Reply } from './envelope.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'
import type { Router } from './router.ts'
import { addressOfSubject } from './subjects.ts'

/** What is written on `fx.tell.…` when a machine tells another actor something (`Tell` in machines/step.ts). */
export interface TellBody {
  readonly n: string
  readonly to: Address
  readonly event: Event
}

export interface TellOptions {
  readonly log: Log
  readonly router: Router
  readonly clock: Clock
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly stream: string
  readonly concurrency: number
  /** Tries before an actor that cannot take it leaves a dead letter, default 10: about a minute. */
  readonly maxAttempts?: number
  readonly onDeadLetter?: (letter: DeadLetter) => void
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
    handler: (message, attempt) => bring(options, message, attempt),
  })

const bring = async (options: TellOptions, message: Stored<TellBody>, attempt: number): Promise<Settled> => {
  const { log, router, clock, random, maxAttempts = MAX_ATTEMPTS } = options
  if (!isTold(message)) {
    options.onPoison?.(message)
    return { kind: 'done' }
  }
  const sender = addressOfSubject(message.subject)
  const { n, to, event } = message.body
  const from = formatAddress(sender)
  const commandId = `tell:${from}:${n}`
  if (attempt > 1 && (await log.history(to)).some(({ body }) => body.commandId === commandId)) return { kind: 'done' } // W2
  const command: Command = { commandId, address: to, event, by: { role: 'system', id: from }, at: isoOf(clock.now()) }
  const reply = await router.ask(command)
  if (reply.kind === 'refused') options.onRefused?.(command, reply)
  if (reply.kind !== 'failed') return { kind: 'done' } // W3
  if (reply.retry || attempt < maxAttempts) return { kind: 'retry', afterMs: backoffMs(attempt, random()) }
  const burial = { src: 'tell', address: sender, n, message, attempts: attempt, reason: reasonOf(reply), at: isoOf(clock.now()) }
  options.onDeadLetter?.(await bury(log, burial))
  return { kind: 'done' }
}

/** fx.tell.<kind>.<shard>.<id>.<n>, with a body that names the other actor and an event. */
const isTold = ({ subject, body }: Stored<Partial<TellBody> | undefined>): boolean =>
  subject.split('.').length === 6 &&
  typeof body?.n === 'string' &&
  typeof body.to?.kind === 'string' &&
  typeof body.to.id === 'string' &&
  typeof body.event?.type === 'string'
