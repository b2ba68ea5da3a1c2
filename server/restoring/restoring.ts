import { formatAddress } from '../../actors/address.ts'
import type { Bucket } from '../../actors/bucket.ts'
import type { Kind } from '../../actors/kinds/kind.ts'
import type { Log } from '../../actors/log.ts'
import type { HostSign } from '../../actors/membership.ts'
import { isWaiting, type Pending, pendingOf, type Told, versionsAwaited } from '../../actors/replay.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { Archived } from '../db/archived.ts'
import { endOfArchive, newestOfKind, recordsSince, versionsOf } from '../db/archived-actors.ts'
import { type NativePool, nativePool } from '../db/native-pool.ts'
import { openOrm } from '../db/orm.ts'
import { settleAt, stepBack } from '../db/position.ts'
import { LogWriter, type Weighed } from './log-writer.ts'
import { Mentions, type Unarchived } from './unarchived.ts'

export interface RestoreOptions {
  readonly databaseUrl: string
  readonly log: Log
  /** Messages in each stream. */
  readonly fullness: () => Promise<readonly { readonly stream: string; readonly messages: number }[]>
  /** Where hosts sign. */
  readonly hosts: Pick<Bucket<HostSign>, 'all'>
  /** What was told to people, if anybody still knows. */
  readonly book: Pick<Bucket<MessageRecord>, 'all'>
  readonly kinds: readonly Kind[]
  /** `whole`: into empty streams. `repair`: into streams that hold something: what they lack, and what is waited for once more. */
  readonly mode: 'whole' | 'repair'
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Hears what is being done, one line each. */
  readonly tell: (line: string) => void
  /** Ends it early, after the batch in hand. */
  readonly signal: AbortSignal
}

export interface Restored {
  readonly kind: 'restored'
  /** Actors whose newest record was written, by kind. */
  readonly actors: Readonly<Record<string, number>>
  /** What was written beside the records. */
  readonly pending: { readonly effects: number; readonly timers: number; readonly told: number; readonly announcements: number }
  /** Waits that nobody can make again: `order/o_81` and the wait's name. */
  readonly lacking: readonly { readonly address: string; readonly wait: string }[]
  readonly unarchived: readonly Unarchived[]
  /** Commands that are in the inbox still, and will be executed. */
  readonly inbox: number
}
export type Refused =
  | { readonly kind: 'noArchive' }
  | { readonly kind: 'notEmpty'; readonly stream: string; readonly messages: number }
  | { readonly kind: 'hosts'; readonly hosts: readonly string[] }

/** An entry, and which of its waits nobody can make again. */
type Prepared = Weighed & Pick<Pending, 'lacking'>

const DAY_MS = 86_400_000
/** As long as ORDERS keeps a record: what is older had been let go of before the log was lost, unless it is open. */
const KEPT_DAYS = 3
/** What an actor tells arrives within a second, or is given up within a minute: what was told longer before the archive's end was heard. */
const TOLD_WITHIN_MS = 3_600_000
/** Records that are looked at for announcements and for what was told: an order's whole life is about 12. */
const LOOKED_AT = 64
const TELL_EVERY_MS = 1_000

/**
 * Writes the log anew from the archive: of each actor the newest record, for that is the actor, and beside it what it waits for.
 * X1. Each record is guarded by what is there: written twice it is there once, and a restore that was cut short may be repeated.
 * X2. A record and what it waits for are one batch. X3. The projector's position never says more than is archived.
 * @throws when PostgreSQL or the log is away, or `signal` fires: what was written stays, and is right
 */
export const restore = async (options: RestoreOptions): Promise<Restored | Refused> => {
  const { databaseUrl, mode, fullness, hosts } = options
  const alive = [...(await hosts.all()).keys()]
  if (alive.length > 0) return { kind: 'hosts', hosts: alive }
  const streams = [...new Set(options.kinds.map(({ stream }) => stream))]
  const held = (await fullness()).find(({ stream, messages }) => streams.includes(stream) && messages > 0)
  if (held && mode === 'whole') return { kind: 'notEmpty', ...held }
  await using orm = await openOrm({ databaseUrl, poolMax: 1, statementTimeoutMs: 0 })
  const pool = await nativePool(orm)
  const ends = (await Promise.all(streams.map(stream => endOfArchive(pool, stream)))).filter(end => end !== undefined)
  if (ends.length === 0) return { kind: 'noArchive' }
  return new Restoration(options, pool, streams, ends).run()
}

class Restoration {
  readonly #options: RestoreOptions
  readonly #pool: NativePool
  readonly #streams: readonly string[]
  readonly #ends: readonly string[]
  readonly #writer: LogWriter
  readonly #mentions = new Mentions()
  readonly #actors: Record<string, number> = {}
  readonly #pending = { effects: 0, timers: 0, told: 0, announcements: 0 }
  readonly #lacking: { readonly address: string; readonly wait: string }[] = []
  /** Since when what was told may not have been heard, ISO 8601 UTC. */
  readonly #toldSince: string

  constructor(options: RestoreOptions, pool: NativePool, streams: readonly string[], ends: readonly string[]) {
    this.#options = options
    this.#pool = pool
    this.#streams = streams
    this.#ends = ends
    this.#toldSince = new Date(Math.min(...ends.map(Date.parse)) - TOLD_WITHIN_MS).toISOString()
    this.#writer = new LogWriter(options.log, { looksFirst: options.mode === 'repair' })
  }

  async run(): Promise<Restored> {
    const { tell, log, kinds, mode } = this.#options
    tell(`the archive ends at ${this.#ends.toSorted().at(-1)}; writing the newest record of each actor, and what it waits for`)
    const before = await this.#endsOfLog()
    await stepBack(this.#pool, before) // X3
    for (const kind of kinds) await this.#restoreKind(kind)
    if (mode === 'whole') await settleAt(this.#pool, before, await this.#endsOfLog()) // X3: all of it came from the archive
    const inbox = await this.#mentions.ofInbox(log)
    await this.#mentions.ofLetters(log)
    this.#mentions.ofBook((await this.#options.book.all()).values())
    await this.#mentions.ofReadModel(this.#pool)
    const unarchived = await this.#mentions.beyond(this.#pool, log)
    return { kind: 'restored', actors: this.#actors, pending: this.#pending, lacking: this.#lacking, unarchived, inbox }
  }

  async #endsOfLog(): Promise<ReadonlyMap<string, number>> {
    const { log } = this.#options
    return new Map(await Promise.all(this.#streams.map(async stream => [stream, await log.end(stream)] as const)))
  }

  async #restoreKind(kind: Kind): Promise<void> {
    const { tell, signal, now } = this.#options
    const keptSince = new Date(Math.max(...this.#ends.map(Date.parse)) - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)
    const startedMs = now()
    let toldMs = startedMs
    const say = (): void => {
      const count = this.#actors[kind.name] ?? 0
      tell(`${kind.name}: ${count.toLocaleString('en')} written, ${Math.round((1_000 * count) / Math.max(1, now() - startedMs))}/s`)
    }
    let writing: Promise<void> = Promise.resolve()
    try {
      for await (const page of newestOfKind(this.#pool, kind.name, kind.stream === 'ORDERS' ? keptSince : '2000-01-01')) {
        const entries = await this.#entriesOf(kind, page) // while the page before is being written
        await writing
        signal.throwIfAborted()
        writing = this.#write(kind, entries)
        writing.catch(() => undefined) // it is waited for below, whatever happens first
        if (now() - toldMs < TELL_EVERY_MS) continue
        say()
        toldMs = now()
      }
    } finally {
      await writing
    }
    if (this.#actors[kind.name]) say()
  }

  /** What is to be written of a page of actors. */
  async #entriesOf(kind: Kind, page: readonly Archived[]): Promise<readonly Prepared[]> {
    for (const { body } of page) this.#mentions.ofRecord(body)
    const around = Map.groupBy(
      await versionsOf(
        this.#pool,
        kind.name,
        page.flatMap(record => this.#versionsFor(record)),
      ),
      ({ body }) => body.id,
    )
    const pending = new Map(page.map(newest => [newest.body.id, pendingOf(kind, [...(around.get(newest.body.id) ?? []), newest])]))
    const heard = await this.#heardOf([...pending.values()].flatMap(({ told }) => told))
    return page.map(newest => {
      const { id } = newest.body
      const { messages = [], told = [], lacking = [] } = pending.get(id) ?? {}
      const unheard = told.filter(({ commandId, at }) => at >= this.#toldSince && !heard.has(commandId)).map(({ message }) => message)
      return {
        stream: kind.stream,
        address: { kind: kind.name, id },
        subject: newest.subject,
        record: newest.body,
        expectedSeq: 0,
        messages: [...(isWaiting(newest.body) ? messages : []), ...unheard],
        bytes: newest.text.length,
        lacking,
      }
    })
  }

  async #write(kind: Kind, entries: readonly Prepared[]): Promise<void> {
    for (const { address, messages, lacking } of await this.#writer.write(entries)) {
      this.#actors[kind.name] = (this.#actors[kind.name] ?? 0) + 1
      this.#count(messages)
      for (const wait of lacking) this.#lacking.push({ address: formatAddress(address), wait })
    }
  }

  /** What else must be read to know what an actor waits for, and what it may have told that nobody has heard. */
  #versionsFor({ body: record, at }: Archived): { readonly id: string; readonly version: number }[] {
    const waiting = isWaiting(record)
    if (!waiting && at < this.#toldSince) return []
    const asking = versionsAwaited(record).flatMap(version => [version - 1, version])
    const last = Array.from({ length: LOOKED_AT }, (_, i) => record.version - 1 - i)
    const versions = new Set([...asking, ...last].filter(version => version > 0 && version < record.version))
    return [...versions].map(version => ({ id: record.id, version }))
  }

  /** Which of these things told had arrived, by their command ids. */
  async #heardOf(told: readonly Told[]): Promise<ReadonlySet<string>> {
    const recent = told.filter(({ at }) => at >= this.#toldSince)
    const heard = new Set<string>()
    for (const [kind, to] of Map.groupBy(recent, each => each.to.kind)) {
      const ids = [...new Set(to.map(each => each.to.id))]
      for (const { body } of await recordsSince(this.#pool, kind, ids, this.#toldSince)) heard.add(body.commandId)
    }
    return heard
  }

  #count(messages: Pending['messages']): void {
    for (const { kind, subject } of messages) {
      if (kind === 'timer') this.#pending.timers++
      else if (kind === 'out') this.#pending.announcements++
      else if (subject.startsWith('fx.tell.')) this.#pending.told++
      else this.#pending.effects++
    }
  }
}
