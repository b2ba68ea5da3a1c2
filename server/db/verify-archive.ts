import { isDeepStrictEqual } from 'node:util'
import { formatAddress } from '../../actors/address.ts'
import type { Followed, Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { addressOfSubject } from '../../actors/subjects.ts'
import { archiveRowOf } from './archive-row.ts'
import { type Archived, readArchive } from './archived.ts'
import { type Differences, shown } from './difference.ts'
import type { NativePool } from './native-pool.ts'

/** A stream as it is declared: what it may forget. */
export interface Forgetting {
  readonly name: string
  /** Records kept of each actor; absent: all. */
  readonly perActor?: number
  /** How long a record is kept; absent: for ever. */
  readonly maxAgeMs?: number
}

export interface ArchiveTrial {
  readonly log: Log
  /** A transaction that sees the archive as it was when the position was read. */
  readonly snapshot: Pick<NativePool, 'query'>
  readonly stream: Forgetting
  /** Everything up to here is archived. */
  readonly upTo: number
  readonly now: () => number
  readonly differences: Differences
}

export interface ArchiveCounts {
  readonly compared: number
  /** Records in the archive that the log has forgotten, as it may. */
  readonly forgotten: number
  /** Messages where records belong that are none. */
  readonly poison: number
}

/** Whether two texts say the same record. */
export const sameJson = (a: string, b: string): boolean => a === b || isDeepStrictEqual(JSON.parse(a), JSON.parse(b))

/**
 * Compares one stream of the log with the archive, record by record, by their place; a record that lies at another one (a log that
 * was restored) is found by its name. What the log holds must be archived, and what is archived must still be in the log while
 * that is to keep it.
 */
export const verifyArchive = async (trial: ArchiveTrial): Promise<ArchiveCounts> => {
  const { log, snapshot, stream, upTo, differences } = trial
  const first = await log.first(stream.name)
  const { rows } = await snapshot.query('select count(*) as older from record_archive where stream = $1 and seq < $2', [stream.name, first])
  const counts = { compared: 0, forgotten: Number(rows[0]?.older), poison: 0 }
  let since: string | undefined
  let after = first - 1
  for await (const batch of log.between<ActorRecord>(stream.name, 'evt.>', after, upTo)) {
    since ??= batch[0]?.at
    const last = batch.at(-1)?.seq ?? after
    const archived = await archivedBetween(trial, since, after, last)
    after = last
    for (const message of batch) {
      const address = nameOf(stream.name, message)
      if (!address) {
        counts.poison++
        continue
      }
      const there = archived.get(message.seq) ?? (await namedSo(snapshot, message))
      archived.delete(message.seq)
      counts.compared++
      if (!there) differences.note(`${address} (${stream.name} ${message.seq})`, 'it is in the log and not in the archive')
      else compare(differences, `${address} (${stream.name} ${message.seq})`, message, there)
    }
    counts.forgotten += await weighLost(trial, [...archived.values()])
  }
  counts.forgotten += await weighLost(trial, [...(await archivedBetween(trial, since, after, upTo)).values()])
  if (since === undefined) await noteLostWhole(trial)
  return counts
}

const compare = (differences: Differences, what: string, logged: Followed<ActorRecord>, archived: Archived): void => {
  if (logged.subject !== archived.subject) differences.note(what, `the log has it on ${logged.subject}, the archive on ${archived.subject}`)
  else if (!sameJson(logged.text, archived.text))
    differences.note(what, `the log has ${shown(logged.text)}, the archive ${shown(archived.text)}`)
}

/** `order/o_81 version 3`, or undefined when this is no record. */
const nameOf = (stream: string, message: Followed<ActorRecord>): string | undefined => {
  try {
    const { kind, id, version } = archiveRowOf(stream, message)
    return `${formatAddress({ kind, id })} version ${version}`
  } catch {
    return undefined
  }
}

/** By sequence. Records of an earlier log are older than this one's first, whatever their sequences. */
const archivedBetween = async (
  { snapshot, stream }: ArchiveTrial,
  since: string | undefined,
  after: number,
  upTo: number,
): Promise<Map<number, Archived>> => {
  if (since === undefined) return new Map()
  const where = 'where stream = $1 and seq > $2 and seq <= $3 and at >= $4'
  return new Map((await readArchive(snapshot, where, [stream.name, after, upTo, since])).map(record => [record.seq, record]))
}

const namedSo = async (snapshot: ArchiveTrial['snapshot'], { subject, body }: Followed<ActorRecord>): Promise<Archived | undefined> => {
  const { kind, id } = addressOfSubject(subject)
  return (await readArchive(snapshot, 'where kind = $1 and id = $2 and version = $3', [kind, id, body.version]))[0]
}

/** A log without a single record has none to be compared, though it should hold what is archived of its last days. */
const noteLostWhole = async ({ snapshot, stream, now, differences }: ArchiveTrial): Promise<void> => {
  const oldest = stream.maxAgeMs === undefined ? '-infinity' : new Date(now() - stream.maxAgeMs).toISOString()
  const [held] = await readArchive(snapshot, 'where stream = $1 and at >= $2 limit 1', [stream.name, oldest])
  if (held) differences.note(stream.name, 'the log holds no record at all, and the archive does: it was lost, see npm run restore')
}

/** Whether the log may have forgotten these. @returns how many of them it may */
const weighLost = async ({ log, snapshot, stream, now, differences }: ArchiveTrial, lost: readonly Archived[]): Promise<number> => {
  let forgotten = 0
  for (const record of lost) {
    const address = addressOfSubject(record.subject)
    const tooOld = stream.maxAgeMs !== undefined && Date.parse(record.at) < now() - stream.maxAgeMs
    const newest = stream.perActor === undefined ? undefined : await log.latest(address)
    if (tooOld || (stream.perActor !== undefined && newest && newest.body.version - record.body.version >= stream.perActor)) {
      forgotten++
      continue
    }
    // One of several replicas may have answered before it had everything.
    const again = await firstOf(log.between<ActorRecord>(stream.name, record.subject, record.seq - 1, record.seq))
    const what = `${formatAddress(address)} version ${record.body.version} (${stream.name} ${record.seq})`
    if (again) compare(differences, what, again, record)
    else if (await isMadeGood({ log, snapshot }, record)) forgotten++
    else differences.note(what, 'it is in the archive and not in the log, which should still hold it')
  }
  return forgotten
}

/** Whether a restore has written this record's actor again, as it was then or later: such a record lies elsewhere than when it was archived. */
const isMadeGood = async ({ log, snapshot }: Pick<ArchiveTrial, 'log' | 'snapshot'>, { subject, body }: Archived): Promise<boolean> => {
  const { kind, id } = addressOfSubject(subject)
  const there = await log.history({ kind, id })
  const archived = await readArchive(snapshot, 'where kind = $1 and id = $2 and version >= $3', [kind, id, body.version])
  return archived.some(old => there.some(({ seq, body: { version } }) => version === old.body.version && seq !== old.seq))
}

const firstOf = async <T>(batches: AsyncIterable<readonly T[]>): Promise<T | undefined> => {
  for await (const [first] of batches) return first
  return undefined
}
