import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { removePidFile, writePidFile } from './pid-files.ts'

/** A program and how it wants to be run. */
export interface Program {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly user?: { readonly uid: number; readonly gid: number }
  /** What asks it to end in good order. */
  readonly stopSignal: NodeJS.Signals
  /** It ends itself when its standard input closes, so it cannot outlive us. nats-server and postgres do not know how. */
  readonly endsWithParent: boolean
}

export interface Rooms {
  readonly logs: string
  readonly run: string
}

/** A process that runs. `ended` never rejects. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ending>
}
export interface Ending {
  /** `exit 1`, `SIGKILL`, or why it could not be started. */
  readonly how: string
  readonly code: number | null
  /** The last line it wrote in this run. */
  readonly last: string
}

const LOG_LIMIT_BYTES = 20e6
const TAIL_BYTES = 8_192

export const logPath = (rooms: Rooms, name: string): string => join(rooms.logs, `${name}.log`)

/** Starts a program; what it says goes straight to its log file, so a slow or dead supervisor never blocks it. */
export const launch = (program: Program, rooms: Rooms): Running => {
  const path = logPath(rooms, program.name)
  turnOver(path)
  const log = openSync(path, 'a', 0o600)
  const from = fstatSync(log).size
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: program.endsWithParent ? { ...program.env, EXIT_WITH_PARENT: '1' } : program.env,
    stdio: [program.endsWithParent ? 'pipe' : 'ignore', log, log],
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we stop the rest in order.
    detached: true,
    ...program.user,
  })
  closeSync(log)
  child.stdin?.on('error', () => {}) // a child that ends closes it; its exit says so
  if (child.pid !== undefined) writePidFile(rooms.run, program.name, child.pid, program.stopSignal)
  const ended = new Promise<Ending>(resolve => {
    const end = (how: string, code: number | null): void => {
      removePidFile(rooms.run, program.name)
      resolve({ how, code, last: lastLine(path, from) })
    }
    child.once('error', error => end(error.message, null))
    child.once('exit', (code, signal) => end(signal ?? `exit ${code}`, code))
  })
  return { child, ended }
}

/** Asks a process to end and, when it has not after `graceMs`, ends it. */
export const stopRunning = async ({ child, ended }: Running, signal: NodeJS.Signals, graceMs: number): Promise<void> => {
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}

/** The last line that a log got after `from`: a JSON line by its message, others as they are. */
export const lastLine = (path: string, from = 0): string => {
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const start = Math.max(from, size - TAIL_BYTES)
    const tail = Buffer.alloc(Math.max(0, size - start))
    readSync(file, tail, 0, tail.length, start)
    const line = tail.toString('utf8').trimEnd().split('\n').at(-1)?.trim()
    return line ? plain(line).slice(0, 300) : 'it said nothing'
  } finally {
    closeSync(file)
  }
}

const plain = (line: string): string => {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } }
    return [msg, err?.message].filter(Boolean).join(': ') || line
  } catch {
    return line // not JSON
  }
}

/** Keeps one earlier log file, so that a house that runs for weeks does not fill the disk with its past starts. */
const turnOver = (path: string): void => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`)
}
