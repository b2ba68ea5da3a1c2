import type { ArchiveRow } from './archive-row.ts'

/** A stretch of a stream: what was read of it after one position, up to and including another. */
export interface Stretch<Row> {
  readonly after: number
  readonly upTo: number
  /** For the read model. */
  readonly rows: readonly Row[]
  /** For the archive. */
  readonly records: readonly ArchiveRow[]
}

/**
 * `overtaken`: another projector has moved the position meanwhile; nothing was written. `unstorable`: PostgreSQL will never
 * take one of these rows, however often it is asked.
 */
export type Written = { readonly kind: 'written' | 'overtaken' } | { readonly kind: 'unstorable'; readonly reason: string }
