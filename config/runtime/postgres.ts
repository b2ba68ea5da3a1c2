import { type ExecFileOptions, execFile } from 'node:child_process'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresHome } from './postgres-home.ts'
import { Problem } from './problem.ts'
import type { Service } from './processes.ts'

export interface PostgresOptions {
  readonly home: PostgresHome
  readonly port: number
  /** Of the user `baedal`, who owns the database `baedal`. Letters and digits. */
  readonly password: string
}

export const databaseUrl = (port: number, password: string): string => `postgresql://baedal:${password}@127.0.0.1:${port}/baedal`

/** One PostgreSQL for development: on the loopback address, fsync on, made at the first start. */
export const postgresService = ({ home, port, password }: PostgresOptions): Service => {
  const data = join(home.dir, 'data')
  return {
    name: 'postgres',
    command: join(home.bin, 'postgres'),
    // No socket file: it would lie in /tmp, and everybody here comes by TCP.
    args: ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=on'],
    cwd: home.dir,
    env: process.env,
    ...(home.user ? { user: home.user } : {}),
    stopSignal: 'SIGINT', // PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave
    endsWithParent: false,
    // After a SIGKILL its backends live on for a moment, and until they are gone the shared memory is in use.
    firstTries: 5,
    prepare: async () => {
      if (!existsSync(data)) await initialise(home, data, password)
      forgetDeadPostmaster(data)
    },
    isReady: async pid => {
      const status = pidLines(data)
      return Number(status[0]) === pid && status[7]?.trim() === 'ready' // what pg_ctl looks at, too
    },
  }
}

/** Makes the cluster beside its place and renames it when it is whole, so that an interrupted start leaves no half of one. */
const initialise = async (home: PostgresHome, data: string, password: string): Promise<void> => {
  const draft = `${data}.new`
  const passwordFile = join(home.dir, 'password')
  const options = { cwd: home.dir, env: { ...process.env, LC_ALL: 'C' }, ...home.user }
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (home.user) chownSync(passwordFile, home.user.uid, home.user.gid)
  try {
    const settings = ['--username=baedal', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
    // Locale rules of PostgreSQL itself: the same order of rows on every machine.
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    await call(join(home.bin, 'initdb'), [`--pgdata=${draft}`, ...settings, ...locale], options)
    await call(join(home.bin, 'postgres'), ['--single', '-D', draft, 'postgres'], options, 'CREATE DATABASE baedal;\n')
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, data)
}

const call = (command: string, args: readonly string[], options: ExecFileOptions, input = ''): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = execFile(command, args, { ...options, timeout: 60_000 }, (error, _stdout, stderr) => {
      if (!error) return resolve()
      const said = String(stderr).trim()
      if (/No space left on device/.test(said)) return reject(new Problem('diskFull', { path: String(options.cwd) }))
      reject(
        new Problem('processFailed', { name: 'postgres', how: `exit ${error.code}`, last: said.split('\n').at(-1) ?? '', log: command }),
      )
    })
    child.stdin?.on('error', () => {}) // it ended first; its exit says why
    child.stdin?.end(input)
  })

/** A pid file of a server that is gone would stop the next one, if the pid is now somebody else's of the same user. */
const forgetDeadPostmaster = (data: string): void => {
  const pid = Number(pidLines(data)[0])
  if (!pid || process.platform !== 'linux') return // elsewhere PostgreSQL's own check must do
  let command = ''
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // gone
  }
  if (!command.includes(data)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

const pidLines = (data: string): string[] => {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return [] // not written yet, or gone
  }
}
