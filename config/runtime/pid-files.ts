import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identityOf } from './identity.ts'

/** Who runs for this data directory, one file each, so that the next house can stop what a SIGKILL left behind. */
interface PidFile {
  readonly pid: number
  readonly identity: string
  readonly stopSignal: NodeJS.Signals
}

/** How long a left-over process may take to end by itself. */
const GRACE_MS = 8_000

const fileOf = (runDir: string, name: string): string => join(runDir, `${name}.json`)

export const writePidFile = (runDir: string, name: string, pid: number, stopSignal: NodeJS.Signals): void =>
  writeFileSync(fileOf(runDir, name), JSON.stringify({ pid, identity: identityOf(pid) ?? '', stopSignal } satisfies PidFile))

export const removePidFile = (runDir: string, name: string): void => rmSync(fileOf(runDir, name), { force: true })

/** Stops every process named in `runDir` that is still the one which was written down, and forgets them all. */
export const stopLeftOvers = async (runDir: string, onFound: (name: string, pid: number) => void): Promise<void> => {
  const names = readdirSync(runDir)
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
  await Promise.all(
    names.map(async name => {
      const left = read(fileOf(runDir, name))
      if (left && identityOf(left.pid) === left.identity) {
        onFound(name, left.pid)
        await stopForeign(left)
      }
      removePidFile(runDir, name)
    }),
  )
}

/** Not our child, so there is no exit event: it is watched until it is gone. */
const stopForeign = async ({ pid, identity, stopSignal }: PidFile): Promise<void> => {
  for (const [signal, tries] of [
    [stopSignal, GRACE_MS / 50],
    ['SIGKILL', 100],
  ] as const) {
    signalTo(pid, signal)
    for (let i = 0; i < tries; i++) {
      if (identityOf(pid) !== identity) return
      await pause(50)
    }
  }
}

const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // ESRCH: it ended by itself meanwhile
  }
}

const read = (path: string): PidFile | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PidFile
  } catch {
    return undefined // cut off by a full disk: nothing to go by
  }
}
