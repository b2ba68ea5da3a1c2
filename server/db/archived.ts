import type { Followed } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { NativePool } from './native-pool.ts'

/** A record from the archive, as a reader of the log gets it: its place in the log, its text, and a body for those who ask. */
export class Archived implements Followed<ActorRecord> {
  readonly subject: string
  readonly seq: number
  readonly at: string
  readonly text: string
  #body: ActorRecord | undefined

  constructor({ subject, seq, at, text }: Pick<Archived, 'subject' | 'seq' | 'at' | 'text'>) {
    this.subject = subject
    this.seq = seq
    this.at = at
    this.text = text
  }

  get body(): ActorRecord {
    this.#body ??= JSON.parse(this.text) as ActorRecord
    return this.#body
  }

  /** The same record, told as from another place. */
  movedTo(seq: number): Archived {
    return new Archived({ subject: this.subject, seq, at: this.at, text: this.text })
  }
}

/** Instants as they are written in records. */
export const isoSql = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Asks the archive. @param where what is wanted of it, with `$1` and so on; begins with `where` */
export const readArchive = async (pool: Pick<NativePool, 'query'>, where: string, params: readonly unknown[]): Promise<Archived[]> => {
  const { rows } = await pool.query(`select subject, seq, ${isoSql('at')} as at, record as text from record_archive ${where}`, params)
  return rows.map(row => new Archived({ subject: String(row.subject), seq: Number(row.seq), at: String(row.at), text: String(row.text) }))
}
