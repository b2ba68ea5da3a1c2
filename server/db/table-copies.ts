import type { Readable, Writable } from 'node:stream'
import { from, to } from 'pg-copy-streams'
import type { Session } from './native-pool.ts'

/** A table whose rows are copied. */
export interface CopiedTable {
  readonly name: string
  /** In the order in which each row has them. */
  readonly columns: readonly string[]
}

/** The driver's client runs a COPY, too. */
interface CopySession extends Session {
  query<Copy extends Readable | Writable>(copy: Copy): Copy
  query(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>
}

/** Every table there is, so that none is forgotten which a later migration adds; what has run of those is told apart. */
const TABLES = `
  select relname::text as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'mikro_orm_migrations'
    group by relname order by relname collate "C"`

export const tablesOf = async (session: Pick<Session, 'query'>): Promise<readonly CopiedTable[]> => {
  const { rows } = await session.query(TABLES)
  return rows.map(({ name, columns }) => ({ name: String(name), columns: columns as string[] }))
}

/** The names of the migrations that have run, oldest first; none in a database that knows nothing of us. */
export const migrationsOf = async (session: Pick<Session, 'query'>): Promise<readonly string[]> => {
  const { rows: known } = await session.query("select to_regclass('public.mikro_orm_migrations') is not null as there")
  if (known[0]?.there !== true) return []
  const { rows } = await session.query('select name from mikro_orm_migrations order by id')
  return rows.map(({ name }) => String(name))
}

/** The first table with a row in it; undefined: all are empty. */
export const firstFilled = async (session: Pick<Session, 'query'>): Promise<string | undefined> => {
  for (const { name } of await tablesOf(session)) {
    const { rows } = await session.query(`select exists (select from ${quoted(name)}) as filled`)
    if (rows[0]?.filled === true) return name
  }
  return undefined
}

/** Days of which the archive has a partition, `2026-11-25`. */
export const archiveDaysOf = async (session: Pick<Session, 'query'>): Promise<readonly string[]> => {
  const { rows } = await session.query(
    "select right(inhrelid::regclass::text, 10) as day from pg_inherits where inhparent = to_regclass('public.record_archive') order by 1",
  )
  return rows.map(({ day }) => String(day).replaceAll('_', '-'))
}

/** Its rows in PostgreSQL's own text format, whatever way the server writes dates by default. @returns how many there were */
export const copyOut = async (
  session: Session,
  { name, columns }: CopiedTable,
  take: (rows: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<number> => {
  await session.query("set datestyle = 'ISO, YMD'")
  // A partitioned table is copied by a query only.
  const copy = (session as CopySession).query(to(`copy (select ${listOf(columns)} from ${quoted(name)}) to stdout`))
  await take(copy)
  await session.query('select') // its answer comes after the end of the COPY, and so does the count
  return copy.rowCount
}

/** @returns how many rows were written */
export const copyIn = async (
  session: Session,
  { name, columns }: CopiedTable,
  give: (rows: Writable) => Promise<void>,
): Promise<number> => {
  await session.query("set datestyle = 'ISO, YMD'")
  const copy = (session as CopySession).query(from(`copy ${quoted(name)} (${listOf(columns)}) from stdin`))
  await give(copy)
  return copy.rowCount
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const listOf = (columns: readonly string[]): string => columns.map(quoted).join(', ')
