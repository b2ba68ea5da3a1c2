import { type Address, formatAddress, parseAddress } from './address.ts'
import type { Reply } from './envelope.ts'
import type { Log, Stored } from './log.ts'

/** A message that was tried as often as allowed, or that its actor could not take: kept whole, for people to look at. */
export interface DeadLetter {
  /** `fx:order/o_81:3-0`, `due:…`, `inbox:…`. */
  readonly id: string
  /** The effect's name; `due` for a timer, `tell` for what was told, `inbox` for a command. */
  readonly src: string
  readonly address: string
  /** The message itself, to be written again. */
  readonly subject: string
  readonly body: unknown
  /** In all its lives. */
  readonly attempts: number
  readonly reason: string
  /** When it was given up, ISO 8601 UTC. */
  readonly at: string
  /** Of the request that it all began with. */
  readonly correlationId?: string
  /** Absent while it waits for an operator. */
  readonly retried?: Retry
}

/** That somebody had it tried again. */
export interface Retry {
  /** ISO 8601 UTC. */
  readonly at: string
  /** An address: `ops/ops-1`. */
  readonly by: string
  readonly why: string
}

/** Written beside the letter, never over it: one that dies again within a moment must not be hidden by the retry of its former life. */
export interface RetryMark extends Retry {
  /** The letter that was tried again. */
  readonly letterSeq: number
}

export interface Burial extends Pick<DeadLetter, 'src' | 'attempts' | 'reason' | 'at'> {
  readonly message: Stored<unknown>
  readonly address: Address
  /** Tells it from others of the same actor and src: a subject token. */
  readonly n: string
}

const LETTERS = 'dead.*.*.*.*'
/** `….retry`, which a host carries out (retries.ts); gateways of the first release did so themselves, and left `….retried`. */
const marksOf = (letters: string): string => `${letters}.*`
const letterOf = (mark: string): string => mark.slice(0, mark.lastIndexOf('.'))
/** `fx`, `due` or `inbox`: the first token of the message's subject. */
const sortOf = (subject: string): string => subject.slice(0, subject.indexOf('.'))

/** Keeps a message on `dead.<src>.<kind>.<id>.<n>`. Dying again there, it is listed again. @throws Error when the log does not take it */
export const bury = async (log: Pick<Log, 'put'>, { message, address, n, ...why }: Burial): Promise<DeadLetter> => {
  const { subject, body } = message
  const correlationId = (body as { readonly correlationId?: string } | undefined)?.correlationId
  const letter: DeadLetter = {
    id: `${sortOf(subject)}:${formatAddress(address)}:${n}`,
    address: formatAddress(address),
    subject,
    body,
    ...why,
    ...(correlationId === undefined ? {} : { correlationId }),
  }
  await log.put(`dead.${why.src}.${address.kind}.${address.id}.${n}`, letter)
  return letter
}

/** Why an actor could not take something, in one line: `MACHINE_FAILED: the handle came off`. */
export const reasonOf = ({ code, message }: Extract<Reply, { kind: 'failed' }>): string =>
  message === undefined ? code : `${code}: ${message}`

/** All that wait for an operator, oldest first. */
export const listDeadLetters = async (log: Log): Promise<DeadLetter[]> => {
  const { letters } = await pageOfDeadLetters(log, Number.POSITIVE_INFINITY)
  return letters
}

/** So many that wait for an operator, oldest first. @param after where the page before ended; `next` is where this one did, if there are more */
export const pageOfDeadLetters = async (
  log: Log,
  limit: number,
  after = 0,
): Promise<{ readonly letters: DeadLetter[]; readonly next?: number }> => {
  const letters: DeadLetter[] = []
  let next = after
  for await (const { letter, seq } of lettersOf(log, LETTERS)) {
    if (seq <= after || letter.retried) continue
    if (letters.length === limit) return { letters, next }
    letters.push(letter)
    next = seq
  }
  return { letters }
}

/** All of one actor, oldest first, those that were tried again among them. */
export const deadLettersOf = async (log: Log, { kind, id }: Address): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = []
  for await (const { letter } of lettersOf(log, `dead.*.${kind}.${id}.*`)) letters.push(letter)
  return letters
}

/**
 * Has a message tried again, as if it had just been written; one that its actor no longer waits for is dropped there. What is written here is
 * who wants it and why; a host does it, as soon as there is one (retries.ts).
 * @returns undefined when no letter of that id waits
 */
export const retryDeadLetter = async (log: Pick<Log, 'newest' | 'put'>, id: string, retry: Retry): Promise<DeadLetter | undefined> => {
  const subject = subjectOf(id)
  if (subject === undefined) return undefined
  for await (const { letter, seq, subject: at } of lettersOf(log, subject)) {
    if (letter.retried || letter.id !== id) continue
    const mark: RetryMark = { ...retry, letterSeq: seq }
    await log.put(`${at}.retry`, mark)
    return { ...letter, retried: retry }
  }
  return undefined
}

/** The letter that a mark is about, not a later one of the same message; undefined when it is not there, or not yet where we read. */
export const deadLetterAt = async (
  log: Pick<Log, 'between'>,
  { subject, body }: Stored<RetryMark | undefined>,
): Promise<DeadLetter | undefined> => {
  const seq = Number(body?.letterSeq)
  if (!Number.isSafeInteger(seq)) return undefined
  for await (const [letter] of log.between<DeadLetter>('DEADLETTERS', letterOf(subject), seq - 1, seq)) return letter?.body
  return undefined
}

/** An effect remembers its former lives: a provider that keeps its answers must be asked in a new way (server/consumers/payments.ts). */
export const livesOn = ({ src, subject, body, attempts }: DeadLetter): unknown =>
  sortOf(subject) === 'fx' && src !== 'tell' ? { ...(body as object), tried: attempts } : body

/** `fx:order/o_81:3-0` is on `dead.*.order.o_81.3-0`; undefined for what is no letter's id. */
const subjectOf = (id: string): string | undefined => {
  const [, address = '', n] = /^[a-z]+:([^:]+):([A-Za-z0-9_-]{1,64})$/.exec(id) ?? []
  try {
    const { kind, id: actor } = parseAddress(address)
    return `dead.*.${kind}.${actor}.${n}`
  } catch {
    return undefined
  }
}

async function* lettersOf(
  log: Pick<Log, 'newest'>,
  subjects: string,
): AsyncIterable<{ readonly letter: DeadLetter; readonly seq: number; readonly subject: string }> {
  const marks = new Map<string, RetryMark>()
  for await (const { subject, body } of log.newest<RetryMark>(marksOf(subjects))) marks.set(letterOf(subject), body)
  for await (const { subject, seq, body } of log.newest<DeadLetter>(subjects)) {
    const mark = marks.get(subject)
    const letter = mark?.letterSeq === seq ? { ...body, retried: { at: mark.at, by: mark.by, why: mark.why } } : body
    yield { letter, seq, subject }
  }
}
