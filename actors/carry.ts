import type { Address } from './address.ts'
import { isoOf } from './clock.ts'
import { bury, type DeadLetter, reasonOf } from './dead-letters.ts'
import type { Command } from './envelope.ts'
import type { Log, Settled, Stored } from './log.ts'
import type { Router } from './router.ts'
import type { Tracer } from './tracing.ts'

export interface Carrier {
  readonly log: Pick<Log, 'put'>
  readonly router: Pick<Router, 'ask'>
  readonly now: () => number
  /** 0…1, for jitter. */
  readonly random: () => number
  readonly onDeadLetter?: (letter: DeadLetter) => void
  readonly tracer?: Tracer | undefined
}

/** The message that asked for a command, for the letter when its actor cannot take it. */
export interface Errand {
  readonly src: string
  readonly address: Address
  /** Tells it from others of the same actor and src: a subject token. */
  readonly n: string
  readonly message: Stored<unknown>
  /** From 1. */
  readonly attempt: number
}

/**
 * Brings a command to its actor and settles the message that asked for it: an answer ends it, a refusal is one; what may
 * be asked again is; what its actor can never take is kept as a dead letter first.
 */
export const carry = async (carrier: Carrier, command: Command, errand: Errand): Promise<Settled> => {
  const reply = await carrier.router.ask(command)
  if (reply.kind !== 'failed') return { kind: 'done' }
  if (reply.retry) return { kind: 'retry', afterMs: backoffMs(errand.attempt, carrier.random()) }
  return giveUp(carrier, errand, reasonOf(reply))
}

export const giveUp = async (carrier: Carrier, { src, address, n, message, attempt }: Errand, reason: string): Promise<Settled> => {
  const letter = await bury(carrier.log, { src, address, n, message, attempts: attempt, reason, at: isoOf(carrier.now()) })
  carrier.onDeadLetter?.(letter)
  return { kind: 'done' }
}

/** 0.2, 0.4 … 30 s, half of it by chance, so that a crowd that failed together does not come back together. */
export const backoffMs = (attempt: number, random: number, mostMs = 30_000): number =>
  Math.min(mostMs, 100 * 2 ** attempt) * (0.5 + random / 2)
