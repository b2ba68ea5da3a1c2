import type { Archived } from './archived.ts'
import { readArchive } from './archived.ts'
import type { NativePool } from './native-pool.ts'

type Asking = Pick<NativePool, 'query'>

/** Actors in one page. */
const PAGE = 500

/**
 * The newest archived record of every actor of a kind, by id, in pages.
 * @param sinceDay `YYYY-MM-DD`: older ones are left out, but for orders that the read model knows as open
 */
export async function* newestOfKind(asking: Asking, kind: string, sinceDay: string): AsyncIterable<readonly Archived[]> {
  for (let after = ''; ; ) {
    const { rows } = await asking.query(
      `select id from (select distinct id from record_archive where kind = $1 and day >= $2::date and id > $3
        union select id from order_view where $1 = 'order' and open and id > $3) as actor order by id limit ${PAGE}`,
      [kind, sinceDay, after],
    )
    const ids = rows.map(({ id }) => String(id))
    if (ids.length > 0) yield await newestOf(asking, kind, ids)
    if (ids.length < PAGE) return
    after = ids.at(-1) ?? after
  }
}

/** The newest archived record of each of these actors; of one that is not archived, none. */
export const newestOf = (asking: Asking, kind: string, ids: readonly string[]): Promise<Archived[]> =>
  readArchive(
    asking,
    `where kind = $1 and (id, version) in (select id, max(version) from record_archive where kind = $1 and id = any($2) group by id) order by id`,
    [kind, ids],
  )

/** Certain versions of certain actors, by id and version. */
export const versionsOf = async (
  asking: Asking,
  kind: string,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<Archived[]> => {
  if (wanted.length === 0) return []
  const where = `where kind = $1 and (id, version) in (select * from unnest($2::text[], $3::integer[])) order by id, version`
  return readArchive(asking, where, [kind, wanted.map(({ id }) => id), wanted.map(({ version }) => version)])
}

/** Of these actors, what the log took since an instant. */
export const recordsSince = (asking: Asking, kind: string, ids: readonly string[], since: string): Promise<Archived[]> =>
  readArchive(asking, 'where kind = $1 and id = any($2) and at >= $3', [kind, ids, since])

/**
 * When the log took the newest archived record of a stream, ISO 8601 UTC; undefined when none is archived. It asks day after day, the
 * newest first, for each has an index of its own. Where two logs share a day it may be told a little early.
 */
export const endOfArchive = async (asking: Asking, stream: string): Promise<string | undefined> => {
  const { rows } = await asking.query(
    `select right(inhrelid::regclass::text, 10) as day from pg_inherits where inhparent = 'record_archive'::regclass order by 1 desc`,
    [],
  )
  for (const { day } of rows) {
    const where = 'where stream = $1 and day = $2::date order by seq desc limit 1'
    const [newest] = await readArchive(asking, where, [stream, String(day).replaceAll('_', '-')])
    if (newest) return newest.at
  }
  return undefined
}

/** Orders that the read model shows at a version which is not archived. */
export const shownOnly = async (asking: Asking): Promise<readonly { readonly id: string; readonly version: number }[]> => {
  const { rows } = await asking.query(
    `select id, version from order_view as o where not exists
      (select from record_archive where kind = 'order' and id = o.id and version = o.version)`,
    [],
  )
  return rows.map(({ id, version }) => ({ id: String(id), version: Number(version) }))
}
