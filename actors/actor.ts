import { type Address, formatAddress } from './address.ts'
import type { Clock } from './clock.ts'
import type { Committed, Committer } from './committer.ts'
import { decide } from './decide.ts'
import type { Command, Reply } from './envelope.ts'
import type { Kind } from './kinds/kind.ts'
import type { Entry, Log, Stored } from './log.ts'
import { Mailbox } from './mailbox.ts'
import type { ActorRecord } from './record.ts'
import type { Tally } from './tally.ts'
import type { Trace, Tracer } from './tracing.ts'

export interface ActorParts {
  readonly log: Log
  readonly committer: Committer
  readonly clock: Clock
  /** Commands that may wait for one actor. */
  readonly mailboxCapacity: number
  readonly tally: Tally
  readonly tracer?: Tracer | undefined
}

/** Reloads before giving up: each one means that another host wrote in between, which ends as soon as ownership settles. */
const MAX_RELOADS = 5

interface Waiting {
  readonly command: Command
  readonly answer: (reply: Reply) => void
}

/**
 * One actor in memory: a copy of its last record, and a mailbox.
 * A1. It decides one command at a time. A2. It answers `moved` only after the record is on disk.
 * A3. When another wrote in between, or nobody knows whether it wrote, it forgets its copy and reads again.
 * A4. It refuses only from a fresh read: an owner that was asleep must not say no from an old copy.
 */
export class Actor {
  readonly address: Address
  readonly #kind: Kind
  readonly #parts: ActorParts
  readonly #mailbox: Mailbox<Waiting>
  #copy: { readonly at: 'unread' } | { readonly at: 'read'; readonly last: Stored<ActorRecord> | undefined } = { at: 'unread' }

  constructor(address: Address, kind: Kind, parts: ActorParts) {
    this.address = address
    this.#kind = kind
    this.#parts = parts
    this.#mailbox = new Mailbox(parts.mailboxCapacity, waiting => this.#handle(waiting)) // A1
  }

  ask(command: Command): Promise<Reply> {
    return new Promise(answer => {
      if (this.#mailbox.offer({ command, answer })) return
      answer({ kind: 'failed', code: 'MAILBOX_FULL', retry: true, message: `mailbox of ${formatAddress(this.address)} is full` })
    })
  }

  get idle(): boolean {
    return this.#mailbox.idle
  }

  /** Commands that wait for it. */
  get waiting(): number {
    return this.#mailbox.waiting
  }

  async #handle({ command, answer }: Waiting): Promise<void> {
    try {
      answer(await this.#answer(command))
    } catch (error) {
      this.#copy = { at: 'unread' }
      answer({ kind: 'failed', code: 'LOG_UNAVAILABLE', retry: true, message: String(error) })
    }
  }

  async #answer(command: Command): Promise<Reply> {
    for (let reloads = 0; reloads <= MAX_RELOADS; reloads++) {
      const fromCopy = this.#copy.at === 'read'
      const decision = decide(this.#kind, await this.#last(), command, this.#parts.clock.now())
      if (decision.kind === 'answer') {
        if (!fromCopy || decision.reply.kind === 'moved') return decision.reply
        this.#copy = { at: 'unread' } // A4
        continue
      }
      if (decision.kind === 'recall') return await this.#recall(decision.version)
      const committed = await this.#commit(decision.entry, command.trace)
      if (committed.kind === 'appended') {
        const { subject, record } = decision.entry
        this.#copy = { at: 'read', last: { subject, seq: committed.seq, at: record.at, body: record } }
        return decision.reply // A2
      }
      if (committed.kind === 'full')
        return { kind: 'failed', code: 'HOST_FULL', retry: true, message: 'too many commands wait for the log' }
      if (committed.kind === 'conflict') this.#parts.tally.conflicts++
      this.#copy = { at: 'unread' } // A3
      if (committed.kind === 'unknown') return { kind: 'failed', code: 'LOG_UNAVAILABLE', retry: true, message: committed.message }
    }
    return { kind: 'failed', code: 'LOG_UNAVAILABLE', retry: true, message: 'another host keeps writing this actor' }
  }

  #commit(entry: Entry, trace: Trace | undefined): Promise<Committed> {
    const { committer, tracer } = this.#parts
    const { stream, record, messages } = entry
    const span =
      trace && tracer?.within(trace, { name: 'commit', attributes: { stream, version: record.version, messages: messages.length } })
    if (!span) return committer.commit(entry)
    return committer.commit({ ...entry, trace: span.trace }).then(committed => {
      if (committed.kind === 'appended') span.end({ attributes: { seq: committed.seq, together: committed.together } })
      else span.end({ failed: committed.kind })
      return committed
    })
  }

  async #last(): Promise<Stored<ActorRecord> | undefined> {
    if (this.#copy.at === 'read') return this.#copy.last
    this.#parts.tally.loads++
    const last = await this.#parts.log.latest(this.address)
    this.#copy = { at: 'read', last }
    return last
  }

  /** The first answer, from the history: rare, for most repeats come right after the answer was lost. */
  async #recall(version: number): Promise<Reply> {
    const then = (await this.#parts.log.history(this.address)).find(({ body }) => body.version === version)
    // The stream may have let go of an old record; the actor's newest state is then the best answer there is.
    const record = (then ?? (await this.#last()))?.body
    if (!record) return { kind: 'failed', code: 'NOT_FOUND', retry: false }
    return { kind: 'moved', version: record.version, state: record.state, at: record.at, repeated: true }
  }
}
