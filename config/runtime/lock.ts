import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { identityOf } from './identity.ts'
import { Problem } from './problem.ts'

export interface Lock {
  release(): void
}
interface Holder {
  readonly pid: number
  readonly identity: string
}

/**
 * One house for each data directory. The lock names its holder's pid and start, so one left behind by a SIGKILL is known
 * to be stale even when the pid has been given to somebody else.
 * @throws Problem dirBusy when its holder lives
 */
export const takeLock = (path: string, dir: string): Lock => {
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) ?? '' } satisfies Holder)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    while (!linked(draft, path)) {
      const found = read(path)
      if (found === undefined) continue // released meanwhile
      const holder = parse(found)
      if (holder && identityOf(holder.pid) === holder.identity) throw new Problem('dirBusy', { dir, pid: holder.pid })
      discard(path, found)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    release: () => {
      if (read(path) === mine) rmSync(path, { force: true })
    },
  }
}

/** A hard link appears whole or not at all, and never replaces: a lock is never seen half written. */
const linked = (draft: string, path: string): boolean => {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves the stale lock away; if another was quicker and a living lock was moved, it is put back. */
const discard = (path: string, stale: string): void => {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch {
    return // another was quicker
  }
  if (read(aside) !== stale) linked(aside, path)
  rmSync(aside, { force: true })
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const parse = (text: string): Holder | undefined => {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return undefined // not ours, or a disk that was full: nobody holds it
  }
}
