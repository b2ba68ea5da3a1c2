import { type DeadLetter, deadLetterAt, livesOn, type RetryMark } from './dead-letters.ts'
import type { Log, Settled, Stored, Subscription } from './log.ts'

export interface RetryOptions {
  readonly log: Pick<Log, 'consume' | 'between' | 'put'>
  readonly concurrency: number
  /** Hears of a mark that leads to nothing that was ever carried; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

const ACK_WAIT_MS = 5_000
/** A replica that lags has the mark and not yet the letter. */
const TRIES = 10
const AGAIN_MS = 500

/**
 * Writes again what operators want tried again. Hosts do it, who write effects anyway: a gateway marks a letter that is there, and can so
 * have nothing written that was not written before. A message may be written twice; it acts once, for it keeps its id.
 */
export const runRetries = ({ log, concurrency, onPoison }: RetryOptions): Promise<Subscription> =>
  log.consume<RetryMark | undefined>({
    stream: 'DEADLETTERS',
    durable: 'retries',
    subjects: ['dead.*.*.*.*.retry'],
    concurrency,
    ackWaitMs: ACK_WAIT_MS,
    handler: async (mark, attempt): Promise<Settled> => {
      const letter = await deadLetterAt(log, mark)
      if (letter && wasCarried(letter)) await log.put(letter.subject, livesOn(letter))
      else if (!letter && attempt < TRIES) return { kind: 'retry', afterMs: AGAIN_MS }
      else onPoison?.(mark)
      return { kind: 'done' }
    },
  })

/** An effect, a timer that fell due, or a command: whoever may write letters must not get a record written by one. */
const wasCarried = ({ subject }: Partial<DeadLetter>): boolean => /^(fx|due|inbox)\./.test(String(subject))
