import { join, resolve } from 'node:path'
import type { Program } from './launch.ts'
import type { Service } from './processes.ts'
import { environmentOf, type Member, type Wiring } from './wiring.ts'

const PROJECT = join(import.meta.dirname, '..', '..')
const LOOK_WITHIN_MS = 1_000

/** A run of server/main.ts that ends by itself. */
export const oneShot = (task: 'migrate' | 'seed', wiring: Wiring): Program => ({
  name: task,
  command: process.execPath,
  args: ['server/main.ts', task],
  cwd: PROJECT,
  env: environmentOf(wiring, task, task, 0),
  stopSignal: 'SIGTERM',
  endsWithParent: true,
})

/** Puts a backup into the servers; as the owner of all, as `migrate` comes. @param from its directory, as the person at the terminal says it */
export const restoreJob = (from: string, wiring: Wiring): Program => ({
  ...oneShot('migrate', wiring),
  name: 'restore-backup',
  args: ['server/restore-backup.ts', '--from', resolve(from)],
})

/** Builds the apps, unless they are those of the sources; ends by itself. */
export const appsBuild = (): Program => ({
  name: 'apps',
  command: process.execPath,
  args: ['clients/build.ts', '--if-stale'],
  cwd: PROJECT,
  env: process.env,
  stopSignal: 'SIGTERM',
  endsWithParent: false, // it ends by itself, soon
})

/** A process of ours; it is ready when its own /readyz says so. */
export const roleService = ({ name, role }: Member, wiring: Wiring): Service => {
  const port = wiring.ports.health[name] ?? 0
  return {
    name,
    command: process.execPath,
    args: ['server/main.ts', role],
    cwd: PROJECT,
    env: environmentOf(wiring, name, role, port),
    stopSignal: 'SIGTERM',
    endsWithParent: true,
    isReady: () => answersOk(`http://127.0.0.1:${port}/readyz`),
  }
}

export const answersOk = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LOOK_WITHIN_MS) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false // nobody listens yet, or it is too busy to say
  }
}
