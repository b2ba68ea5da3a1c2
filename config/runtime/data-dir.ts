import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Problem } from './problem.ts'

/** Where everything of one house lives. All paths are absolute. */
export interface DataDir {
  readonly path: string
  readonly lock: string
  readonly logs: string
  readonly run: string
  readonly nats: string
  readonly postgres: string
  /** Names the place of PostgreSQL's files when they cannot be below `path`; see postgres-home.ts. */
  readonly postgresAt: string
  readonly secrets: string
  /** The books of the stand-ins: a provider does not forget. */
  readonly standIns: string
}

const MARKER = '.baedal'
/** A new PostgreSQL takes 50 MB and its write-ahead log grows to a few times that. */
const NEEDED_BYTES = 300e6
export const ELSEWHERE = /^baedal-[0-9a-f]{12}$/

/**
 * Makes the directory ours, or recognises that it is.
 * @throws Problem dirForeign when it holds somebody else's files, diskFull when it could not hold ours
 */
export const openDataDir = (given: string): DataDir => {
  const path = resolve(given)
  mkdirSync(path, { recursive: true })
  const marker = join(path, MARKER)
  if (!existsSync(marker)) {
    if (readdirSync(path).length > 0) throw new Problem('dirForeign', { dir: path })
    writeFileSync(marker, 'Made by Baedal. "npm start -- --fresh" deletes what is here.\n')
  }
  const disk = statfsSync(path)
  if (disk.bavail * disk.bsize < NEEDED_BYTES) throw new Problem('diskFull', { path })
  const dir: DataDir = {
    path,
    lock: join(path, 'lock'),
    logs: join(path, 'logs'),
    run: join(path, 'run'),
    nats: join(path, 'nats'),
    postgres: join(path, 'postgres'),
    postgresAt: join(path, 'postgres.at'),
    secrets: join(path, 'secrets.json'),
    standIns: join(path, 'stand-ins'),
  }
  makeRooms(dir)
  return dir
}

/** Deletes what we made, and nothing else. Call it with the lock held and everything stopped. */
export const emptyDataDir = (dir: DataDir): void => {
  if (existsSync(dir.postgresAt)) {
    const elsewhere = readFileSync(dir.postgresAt, 'utf8').trim()
    if (ELSEWHERE.test(basename(elsewhere))) rmSync(elsewhere, { recursive: true, force: true })
  }
  for (const made of [dir.logs, dir.run, dir.nats, dir.postgres, dir.postgresAt, dir.secrets, dir.standIns])
    rmSync(made, { recursive: true, force: true })
  makeRooms(dir)
}

const makeRooms = (dir: DataDir): void => {
  for (const room of [dir.logs, dir.run, dir.nats]) {
    mkdirSync(room, { recursive: true })
    chmodSync(room, 0o700)
  }
}
