import type { NativePool, Session } from './native-pool.ts'

/** Where a read model is built beside the one that is read. */
export const DRAFT = 'rebuild'
const HOME = 'public'
/** What is built anew. The archive is not: it is what the rest is built from. */
const TABLES = ['order_view', 'order_event', 'store_view', 'menu_view', 'menu_item_view'] as const
/** Whoever holds a table for longer is not waited for at once: behind us everybody else would wait, the projector first. */
const LOCK_WAIT_MS = 2_000

const statements = async (asking: Pick<NativePool, 'query'>, sql: string, params: readonly unknown[]): Promise<string[]> =>
  (await asking.query(sql, params)).rows.map(({ statement }) => String(statement))

/**
 * The tables of a read model that is being built. They are copied from the catalogue of PostgreSQL and not from a migration, so
 * they are what all migrations together have made, under the very same names.
 * D1. Readers see the old model or the new one, whole.
 * D2. The position says what is in the tables that are there, and never more than is archived.
 * D3. Whatever ends before the exchange leaves the old model as it was.
 */
export const makeDraft = async (pool: NativePool): Promise<void> => {
  await dropDraft(pool)
  await pool.query(`create schema ${DRAFT}`)
  await pool.query(`create table ${DRAFT}.position (like ${HOME}.position including all)`)
  for (const table of TABLES) {
    await pool.query(
      `create table ${DRAFT}.${table} (like ${HOME}.${table} including comments including compression including defaults including generated
        including identity including storage)`,
    )
    for (const statement of await statements(pool, LIKENESS, [DRAFT, table, `${HOME}.${table}`])) await pool.query(statement)
  }
}

/** What can wait until the rows are there: an index over all of them is made in a fraction of the time. */
export const indexDraft = async (session: Pick<Session, 'query'>): Promise<void> => {
  for (const table of TABLES) {
    for (const statement of await statements(session, INDEXES, [HOME, table, ` ON ${HOME}.`, ` ON ${DRAFT}.`]))
      await session.query(statement)
    await session.query(`analyze ${DRAFT}.${table}`)
  }
}

export const dropDraft = async (pool: NativePool): Promise<void> => {
  await pool.query(`drop schema if exists ${DRAFT} cascade`)
}

/**
 * Puts the draft in the place of the old tables, and drops those.
 * @param positions how far the draft has come in each stream
 * @returns `busy` when somebody holds a table: nothing was changed
 */
export const exchange = async (session: Session, positions: Readonly<Record<string, number>>): Promise<'exchanged' | 'busy'> => {
  await session.query('begin')
  try {
    await session.query(`set local lock_timeout = ${LOCK_WAIT_MS}`)
    await session.query(`lock table ${TABLES.map(table => `${HOME}.${table}`).join(', ')} in access exclusive mode`)
    for (const table of TABLES) {
      await session.query(`drop table ${HOME}.${table}`)
      await session.query(`alter table ${DRAFT}.${table} set schema ${HOME}`)
    }
    // D2. Where the projector is behind, it has not archived what the draft has seen.
    for (const [stream, seq] of Object.entries(positions))
      await session.query(`update ${HOME}.position set seq = least(seq, $2) where stream = $1`, [stream, seq])
    await session.query(`drop schema ${DRAFT} cascade`)
    await session.query('commit')
    return 'exchanged'
  } catch (error) {
    await session.query('rollback').catch(() => undefined)
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE) return 'busy'
    throw error
  }
}

const LOCK_NOT_AVAILABLE = '55P03'

/** What `like` leaves out: keys under their names, settings, and who may do what. */
const LIKENESS = `
  select format('alter table %I.%I add constraint %I %s', $1::text, $2::text, conname, pg_get_constraintdef(oid)) as statement
    from pg_constraint where conrelid = $3::regclass and contype in ('p', 'u', 'c')
  union all
  select format('alter table %I.%I set (%s)', $1::text, $2::text, array_to_string(reloptions, ', '))
    from pg_class where oid = $3::regclass and reloptions is not null
  union all
  select format('grant %s on %I.%I to %s', privilege_type, $1::text, $2::text,
      case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
    from pg_class, aclexplode(relacl) where pg_class.oid = $3::regclass`

const INDEXES = `
  select replace(indexdef, $3, $4) as statement from pg_indexes
    where schemaname = $1 and tablename = $2
      and not exists (select from pg_constraint where conname = indexname and conrelid = format('%I.%I', $1, $2)::regclass)`
