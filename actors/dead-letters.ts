import { type Address, formatAddress } from './address.ts'
import type { Reply } from './envelope.ts'
import type { Log, Stored } from './log.ts'

/** A message that was tried as often as allowed, or that its actor could not take: kept whole, for people to look at. */
export interface DeadLetter {
  /** `fx:order/o_81:3-0`, `due:…`, `inbox:…`. */
  readonly id: string
  /** The effect's name; `due` for a timer, `inbox` for a command. */
  readonly src: string
  readonly address: string
  /** The message itself, to be written again. */
  readonly subject: string
  readonly body: unknown
  readonly attempts: number
  readonly reason: string
  /** When it was given up, ISO 8601 UTC. */
  readonly at: string
  /** When an operator had it tried again; absent while it waits for one. */
  readonly retriedAt?: string
}

export interface Burial extends Pick<DeadLetter, 'src' | 'attempts' | 'reason' | 'at'> {
  readonly message: Stored<unknown>
  readonly address: Address
  /** Tells it from others of the same actor and src: a subject token. */
  readonly n: string
}

const ALL = 'dead.>'
/** `fx`, `due` or `inbox`: the first token of the message's subject. */
const sortOf = (subject: string): string => subject.slice(0, subject.indexOf('.'))

/** Keeps a message on `dead.<src>.<kind>.<id>.<n>`. Dying again there, it is listed again. @throws Error when the log does not take it */
export const bury = async (log: Pick<Log, 'put'>, { message, address, n, ...why }: Burial): Promise<DeadLetter> => {
  const { subject, body } = message
  const letter: DeadLetter = {
    id: `${sortOf(subject)}:${formatAddress(address)}:${n}`,
    address: formatAddress(address),
    subject,
    body,
    ...why,
  }
  await log.put(`dead.${why.src}.${address.kind}.${address.id}.${n}`, letter)
  return letter
}

/** Why an actor could not take something, in one line: `MACHINE_FAILED: the handle came off`. */
export const reasonOf = ({ code, message }: Extract<Reply, { kind: 'failed' }>): string =>
  message === undefined ? code : `${code}: ${message}`

/** All that wait for an operator, oldest first. */
export const listDeadLetters = async (log: Log): Promise<DeadLetter[]> => (await waiting(log)).map(({ body }) => body)

/**
 * Has a message tried again, as if it had just been written; one that its actor no longer waits for is dropped there.
 * Between the two writes a crash leaves it listed: retried once more it acts once, for it keeps its id.
 * @param at when, ISO 8601 UTC @returns false when no letter of that id waits
 */
export const retryDeadLetter = async (log: Log, id: string, at: string): Promise<boolean> => {
  const found = (await waiting(log)).find(({ body }) => body.id === id)
  if (!found) return false
  await log.put(found.body.subject, found.body.body)
  await log.put(found.subject, { ...found.body, retriedAt: at })
  return true
}

const waiting = async (log: Log): Promise<Stored<DeadLetter>[]> => {
  const letters: Stored<DeadLetter>[] = []
  for await (const letter of log.newest<DeadLetter>(ALL)) if (letter.body.retriedAt === undefined) letters.push(letter)
  return letters
}
