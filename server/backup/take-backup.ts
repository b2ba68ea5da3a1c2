import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { isoOf } from '../../actors/clock.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import type { Snapshots, StreamFacts } from '../../actors/snapshots.ts'
import { VERSION } from '../contract/version.ts'
import { nativePool } from '../db/native-pool.ts'
import { openOrm } from '../db/orm.ts'
import { archiveDaysOf, copyOut, migrationsOf, tablesOf } from '../db/table-copies.ts'
import { BackupFile } from './backup-file.ts'
import { FORMAT, MANIFEST, type Manifest } from './manifest.ts'

export interface TakeOptions {
  readonly databaseUrl: string
  readonly snapshots: Snapshots
  /** Must not be there yet. */
  readonly dir: string
  readonly now: () => number
  /** Hears what was copied, one line each. */
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

/** What is carried on into others comes before them; whatever is not named comes after (B2). */
const FIRST = ['INBOX', 'ORDERS', 'ENTITIES']

/**
 * Copies PostgreSQL and every stream of a house that goes on meanwhile.
 * B1. PostgreSQL as of one instant, then the streams: what its tables know of a stream is in the copy of that stream. The other way round the
 *     position could be beyond the stream's end, and the projector would pass over the first records of the restored house.
 * B2. A stream before those into which its readers carry: the inbox before orders, orders before what they tell other actors, all of them before
 *     dead letters, books and sessions. What is carried in between is carried again after a restore, and acts once; the other way round it
 *     would be taken for carried, and be nowhere.
 * B3. A directory of this name is a whole backup: it is made beside, and the manifest is written last.
 * @throws when it cannot be made whole: nothing is left of it
 */
export const takeBackup = async ({ dir: given, ...options }: TakeOptions): Promise<Manifest> => {
  const dir = resolve(given)
  const draft = `${dir}.partial`
  if (await isThere(dir)) throw new Error(`${dir} is there already; it is not written over`)
  await mkdir(dirname(dir), { recursive: true })
  await mkdir(draft, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${draft} is there: another backup is being made, or one was killed; then delete it`) : error
  })
  try {
    const takenAt = isoOf(options.now())
    const postgres = await takePostgres(draft, options) // B1
    const nats = await takeStreams(draft, options)
    const machines = KINDS.map(({ machine }) => machine)
    const manifest: Manifest = { format: FORMAT, takenAt, release: VERSION, machines, postgres, nats }
    await BackupFile.written(draft, MANIFEST, file => file.write(`${JSON.stringify(manifest, undefined, 2)}\n`))
    options.signal.throwIfAborted()
    await rename(draft, dir) // B3
    await settle(dirname(dir))
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

type Copying = Omit<TakeOptions, 'dir'>

const takePostgres = async (draft: string, { databaseUrl, tell, signal }: Copying): Promise<Manifest['postgres']> => {
  await using orm = await openOrm({ databaseUrl, poolMax: 1, statementTimeoutMs: 0 })
  const session = await (await nativePool(orm)).connect()
  const leave = (): void => session.release(true) // whatever it was asked ends with the connection
  signal.addEventListener('abort', leave, { once: true })
  try {
    signal.throwIfAborted()
    const names = (await tablesOf(session)).map(({ name }) => `"${name}"`)
    await session.query('begin isolation level repeatable read, read only')
    // Before anything is read: a rebuilt table that takes the place of one of these would look empty from here.
    if (names.length > 0) await session.query(`lock table ${names.join(', ')} in access share mode`)
    const { rows: positions } = await session.query('select stream, seq from position')
    const { rows: server } = await session.query("select current_setting('server_version') as version")
    const tables: Manifest['postgres']['tables'] = []
    for (const table of await tablesOf(session)) {
      let rows = 0
      const file = await BackupFile.written(draft, `postgres/${table.name}.copy.zst`, async written => {
        const write = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
          for await (const chunk of chunks) await written.write(chunk)
        }
        rows = await copyOut(session, table, lines => pipeline(lines, createZstdCompress(), write, { signal }))
      })
      tell(`table ${table.name}: ${rows} rows, ${inMb(file.bytes)}`)
      tables.push({ ...table, columns: [...table.columns], rows, file })
    }
    return {
      version: String(server[0]?.version),
      migrations: [...(await migrationsOf(session))],
      archiveDays: [...(await archiveDaysOf(session))],
      positions: Object.fromEntries(positions.map(({ stream, seq }) => [String(stream), Number(seq)])),
      tables,
    }
  } finally {
    signal.removeEventListener('abort', leave)
    if (!signal.aborted) leave()
  }
}

const takeStreams = async (draft: string, { snapshots, tell, signal }: Copying): Promise<Manifest['nats']> => {
  // What is in memory alone is meant to be forgotten: who is alive, and where riders are.
  const kept = (await snapshots.list()).filter(({ config }) => config.storage === 'file').map(({ config }) => config.name)
  const named = FIRST.filter(name => kept.includes(name))
  const streams: Manifest['nats']['streams'] = []
  for (const name of [...named, ...kept.filter(each => !named.includes(each))]) {
    let facts: StreamFacts | undefined
    const data = await BackupFile.written(draft, `streams/${name}/${snapshots.dataFile}`, async file => {
      facts = await snapshots.take(name, chunk => file.write(chunk), signal)
    })
    const { config, state } = facts as StreamFacts
    const told = `${JSON.stringify({ config, state }, undefined, 2)}\n`
    streams.push({
      name,
      messages: state.messages,
      firstSeq: state.first_seq,
      lastSeq: state.last_seq,
      consumers: state.consumer_count,
      facts: await BackupFile.written(draft, `streams/${name}/backup.json`, file => file.write(told)),
      data,
    })
    tell(`stream ${name}: ${state.messages} messages, ${state.consumer_count} consumers, ${inMb(data.bytes)}`)
  }
  return { version: snapshots.version, streams }
}

const inMb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A name is on disk when its directory is. */
const settle = async (dir: string): Promise<void> => {
  const handle = await open(dir)
  await handle.sync().finally(() => handle.close())
}
