import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Surroundings } from '../../config/runtime/processes.ts'
import { type Facts, say, type TextKey } from '../../config/runtime/texts.ts'

/** A directory of one test's own, gone after it. */
export const temporary = (): { readonly path: string } & Disposable => {
  const path = mkdtempSync(join(tmpdir(), 'baedal-runtime-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** What a supervised process needs around it; `said` is what the person at the terminal would read. */
export const surroundings = (path: string): Surroundings & { readonly said: string[] } => {
  const rooms = { logs: join(path, 'logs'), run: join(path, 'run') }
  for (const room of [rooms.logs, rooms.run]) mkdirSync(room, { recursive: true })
  const said: string[] = []
  return { rooms, now: Date.now, said, say: (key: TextKey, facts: Facts) => void said.push(say('en', key, facts)) }
}

/** @throws Error naming `what` when it is not so within 10 s */
export const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const since = Date.now()
  while (!(await isSo())) {
    if (Date.now() - since > 10_000) throw new Error(`not within 10 s: ${what}`)
    await pause(20)
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** What was thrown, or undefined. */
export const thrown = async (act: () => unknown): Promise<unknown> => {
  try {
    await act()
    return undefined
  } catch (error) {
    return error
  }
}
export const never = new AbortController().signal
