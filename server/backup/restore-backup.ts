import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import type { Snapshots, StreamFacts } from '../../actors/snapshots.ts'
import { migrate } from '../db/migrate.ts'
import { nativePool, type Session } from '../db/native-pool.ts'
import { openOrm } from '../db/orm.ts'
import { copyIn, firstFilled, migrationsOf } from '../db/table-copies.ts'
import { checkBackup } from './check-backup.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { newerThanUs } from './newer.ts'

export interface RestoreOptions {
  readonly databaseUrl: string
  readonly snapshots: Snapshots
  /** Copies of each stream, whatever it had. */
  readonly replicas: number
  /** Of the backup. */
  readonly dir: string
  /** Hears what was put back, one line each. */
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

const CHUNK_BYTES = 64 * 1024

/**
 * Puts a backup into servers that are empty.
 * R1. Nothing is begun with a backup that is not whole, is of a later release, or beside what is there already.
 * R2. The database gets the migrations that the backup had, then its rows, then those that are newer: rows go through the same migrations.
 * R3. What fails leaves no stream and no row: the rows are one transaction, and the streams that were made are removed again.
 * @throws Error in one line that says what is in the way
 */
export const restoreBackup = async ({ dir, ...options }: RestoreOptions): Promise<Manifest> => {
  const { databaseUrl, snapshots, tell, signal } = options
  const manifest = await readManifest(dir)
  tell(`comparing every file with the manifest of ${manifest.takenAt}`)
  const [wrong, ...more] = [...newerThanUs(manifest), ...(await checkBackup(dir, manifest, signal))]
  if (wrong !== undefined) throw new Error(`the backup cannot be used: ${wrong}${more.length > 0 ? `; and ${more.length} more` : ''}`)
  const emptyOnes = await demandEmptyStreams(snapshots, manifest)
  await demandEmptyTables(databaseUrl, manifest)

  await migrate(databaseUrl, {}, manifest.postgres.migrations.at(-1)) // R2
  for (const name of emptyOnes) await snapshots.remove(name)
  const made: string[] = []
  try {
    for (const { name } of manifest.nats.streams) {
      made.push(name)
      await putStreamBack(dir, manifest, name, options)
    }
    await putTablesBack(dir, manifest, options)
  } catch (error) {
    for (const name of made) await snapshots.remove(name).catch(() => undefined) // R3
    throw error
  }
  await migrate(databaseUrl) // R2
  await withSession(databaseUrl, session => session.query('analyze'))
  return manifest
}

/** @returns the streams that are there and have never held anything: they make room for their copies */
const demandEmptyStreams = async (snapshots: Snapshots, manifest: Manifest): Promise<readonly string[]> => {
  const there = await snapshots.list()
  for (const { config, state } of there) {
    if (state.last_seq > 0) throw new Error(`NATS is not empty: stream ${config.name} has held messages`)
    if (state.consumer_count > 0) throw new Error(`NATS is in use: stream ${config.name} has consumers; stop every process first`)
  }
  return there.map(({ config }) => config.name).filter(name => manifest.nats.streams.some(stream => stream.name === name))
}

const demandEmptyTables = (databaseUrl: string, { postgres }: Manifest): Promise<void> =>
  withSession(databaseUrl, async session => {
    const filled = await firstFilled(session)
    if (filled !== undefined) throw new Error(`PostgreSQL is not empty: table ${filled} has rows`)
    const ran = await migrationsOf(session)
    if (ran.length > 0 && ran.at(-1) !== postgres.migrations.at(-1))
      throw new Error(
        `the database is empty, but migrated to ${ran.at(-1)}, and the backup to ${postgres.migrations.at(-1)}: drop and create it`,
      )
  })

const putStreamBack = async (dir: string, { nats }: Manifest, name: string, { snapshots, replicas, tell, signal }: Putting) => {
  const stream = nats.streams.find(each => each.name === name)
  if (!stream) return
  const { config, state } = JSON.parse(await readFile(join(dir, stream.facts.path), 'utf8')) as StreamFacts
  const facts = { config: { ...config, num_replicas: replicas }, state }
  const chunks = createReadStream(join(dir, stream.data.path), { highWaterMark: CHUNK_BYTES })
  const { state: held } = await snapshots.putBack(facts, chunks, signal)
  // It may be beyond: a timer that fell due meanwhile fires at once.
  if (held.last_seq < stream.lastSeq) throw new Error(`stream ${name} ends at ${held.last_seq}, and its copy at ${stream.lastSeq}`)
  const old = stream.messages - held.messages
  tell(`stream ${name}: ${held.messages} messages${old > 0 ? `; ${old} more were older than it keeps them` : ''}`)
}

const putTablesBack = (dir: string, { postgres }: Manifest, { databaseUrl, tell, signal }: Putting): Promise<void> =>
  withSession(databaseUrl, async session => {
    await session.query('begin')
    for (const day of postgres.archiveDays) await session.query('select archive_day($1::date)', [day])
    for (const { name, columns, rows, file } of postgres.tables) {
      const written = await copyIn(session, { name, columns }, table =>
        pipeline(createReadStream(join(dir, file.path)), createZstdDecompress(), table, { signal }),
      )
      if (written !== rows) throw new Error(`table ${name}: ${written} rows were written, and its copy has ${rows}`)
      tell(`table ${name}: ${rows} rows`)
    }
    await session.query('commit')
  })

type Putting = Omit<RestoreOptions, 'dir'>

const withSession = async <T>(databaseUrl: string, work: (session: Session) => Promise<T>): Promise<T> => {
  await using orm = await openOrm({ databaseUrl, poolMax: 1, statementTimeoutMs: 0 })
  const session = await (await nativePool(orm)).connect()
  try {
    return await work(session)
  } finally {
    session.release(true) // with the connection goes what was not committed
  }
}
