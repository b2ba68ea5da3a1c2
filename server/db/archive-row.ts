import { TOKEN } from '../../actors/address.ts'
import type { Followed } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { addressOfSubject } from '../../actors/subjects.ts'

/** A record as it is archived: whole, and with its place in the log. */
export interface ArchiveRow {
  readonly kind: string
  readonly id: string
  readonly version: number
  /** `YYYY-MM-DD`, UTC: when the actor wrote it, so that a record is archived once, from whichever log it is read. */
  readonly day: string
  readonly stream: string
  readonly seq: number
  readonly subject: string
  /** When the log took it, ISO 8601 UTC. */
  readonly at: string
  /** The text of the record, letter by letter. */
  readonly record: string
}

const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const MOST_VERSIONS = 2 ** 31 - 1

/** @throws Error naming what is wrong, when this is no actor's record */
export const archiveRowOf = (stream: string, { subject, seq, at, text, body }: Followed<ActorRecord>): ArchiveRow => {
  const { kind, id } = addressOfSubject(subject)
  if (body?.id !== id || !TOKEN.test(id)) throw new Error(`on ${subject} lies the record of ${JSON.stringify(body?.id)}`)
  if (!Number.isSafeInteger(body.version) || body.version < 1 || body.version > MOST_VERSIONS)
    throw new Error(`no version: ${JSON.stringify(body.version)}`)
  if (!INSTANT.test(body.at) || Number.isNaN(Date.parse(body.at))) throw new Error(`no instant: ${JSON.stringify(body.at)}`)
  return { kind, id, version: body.version, day: body.at.slice(0, 10), stream, seq, subject, at, record: text }
}
