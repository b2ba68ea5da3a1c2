import type { Address } from '../../actors/address.ts'
import type { Entry, Log } from '../../actors/log.ts'

/** An entry to be written, and how long its record is. */
export interface Weighed extends Entry {
  readonly bytes: number
}

/** JetStream takes 1,000 messages in a batch; this leaves a full page of orders with all they wait for. */
const BATCH_MESSAGES = 800
const BATCH_BYTES = 4 * 1024 * 1024
const TRIES = 5

/** Writes records of many actors in batches, each onto what the log has of its actor. */
export class LogWriter {
  readonly #log: Pick<Log, 'append' | 'latest'>
  readonly #looksFirst: boolean

  /** @param looksFirst the log holds something: what it has already is not to be written again, unless its actor waits for something */
  constructor(log: Pick<Log, 'append' | 'latest'>, { looksFirst }: { readonly looksFirst: boolean }) {
    this.#log = log
    this.#looksFirst = looksFirst
  }

  /** @returns those that were written @throws Error when the log does not take them */
  async write<E extends Weighed>(entries: readonly E[]): Promise<E[]> {
    const wanted = this.#looksFirst ? await this.#lackingOf(entries, ({ messages }) => messages.length > 0) : entries
    for (const batch of batchesOf(wanted)) await this.#append(batch)
    return [...wanted]
  }

  async #append(batch: readonly Weighed[]): Promise<void> {
    let left = batch
    for (let tries = 1; ; tries++) {
      const appended = await this.#log.append(left)
      if (appended.kind === 'appended') return
      if (tries === TRIES) throw new Error(`the log does not take ${left[0]?.subject} and others: ${reasonOf(appended)}`)
      // Where no answer came it may have been written all the same: the guard then refuses the repeat.
      left = await this.#lackingOf(left, () => false)
      if (left.length === 0) return
    }
  }

  /** Those that the log has older or not at all, each guarded by what it has. */
  async #lackingOf<E extends Weighed>(entries: readonly E[], alsoWhenThere: (entry: E) => boolean): Promise<E[]> {
    const looked = await Promise.all(
      entries.map(async entry => {
        const last = await this.#log.latest(entry.address as Address)
        const has = last?.body.version ?? 0
        const lacks = has < entry.record.version || (has === entry.record.version && alsoWhenThere(entry))
        return lacks ? [{ ...entry, expectedSeq: last?.seq ?? 0 }] : []
      }),
    )
    return looked.flat()
  }
}

const reasonOf = (appended: { readonly kind: string; readonly message?: string }): string => appended.message ?? appended.kind

function* batchesOf(entries: readonly Weighed[]): Iterable<readonly Weighed[]> {
  let batch: Weighed[] = []
  let messages = 0
  let bytes = 0
  for (const entry of entries) {
    if (batch.length > 0 && (messages + 1 + entry.messages.length > BATCH_MESSAGES || bytes + entry.bytes > BATCH_BYTES)) {
      yield batch
      batch = []
      messages = 0
      bytes = 0
    }
    batch.push(entry)
    messages += 1 + entry.messages.length
    bytes += entry.bytes
  }
  if (batch.length > 0) yield batch
}
