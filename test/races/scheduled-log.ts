import type { Address } from '../../actors/address.ts'
import type { Appended, Backlog, Entry, Followed, Log, Stored, Subscription, Work } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'

/** Opens when the scheduler picks this step; until then its racer stands still. */
export type Gate = (step: string) => Promise<void>

/** A log whose reads and writes happen in the order the scheduler picks, so that two hosts meet between any read and its write. */
export class ScheduledLog implements Log {
  readonly #log: Log
  readonly #gate: Gate
  /** What was acknowledged, oldest first. */
  readonly written: Entry[] = []
  /** Writes that a guard turned away: without any, nobody raced. */
  conflicts = 0

  constructor(log: Log, gate: Gate) {
    this.#log = log
    this.#gate = gate
  }

  async latest(address: Address): Promise<Stored<ActorRecord> | undefined> {
    await this.#gate('read')
    return this.#log.latest(address)
  }

  async append(entries: readonly Entry[]): Promise<Appended> {
    await this.#gate(`append ${entries.map(({ record }) => record.event.type).join(', ')}`)
    const appended = await this.#log.append(entries)
    if (appended.kind === 'appended') this.written.push(...entries)
    else this.conflicts++
    return appended
  }

  history(address: Address): Promise<Stored<ActorRecord>[]> {
    return this.#log.history(address)
  }
  newest<T>(subjects: string | readonly string[]): AsyncIterable<Stored<T>> {
    return this.#log.newest(subjects)
  }
  oldest<T>(subject: string): Promise<Stored<T> | undefined> {
    return this.#log.oldest(subject)
  }
  put(subject: string, body: unknown): Promise<void> {
    return this.#log.put(subject, body)
  }
  live<T>(subjects: string | readonly string[], handler: (message: Stored<T>) => void): Promise<Subscription> {
    return this.#log.live(subjects, handler)
  }
  consume<T>(work: Work<T>): Promise<Subscription> {
    return this.#log.consume(work)
  }
  follow<T>(stream: string, subjects: readonly string[], afterSeq: number, signal: AbortSignal): AsyncIterable<readonly Followed<T>[]> {
    return this.#log.follow(stream, subjects, afterSeq, signal)
  }
  between<T>(stream: string, subject: string, afterSeq: number, upToSeq: number): AsyncIterable<readonly Followed<T>[]> {
    return this.#log.between(stream, subject, afterSeq, upToSeq)
  }
  first(stream: string): Promise<number> {
    return this.#log.first(stream)
  }
  end(stream: string): Promise<number> {
    return this.#log.end(stream)
  }
  backlog(stream: string, durable: string): Promise<Backlog> {
    return this.#log.backlog(stream, durable)
  }

  backlogs(stream: string): Promise<ReadonlyMap<string, Backlog>> {
    return this.#log.backlogs(stream)
  }
}
