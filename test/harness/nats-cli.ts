import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onPath } from '../../config/runtime/nats-binary.ts'
import { goInstall } from '../../config/runtime/nats-from-go.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache')
const PINNED = 'github.com/nats-io/natscli/nats@v0.5.0'
const CACHED = join(CACHE, 'nats')
const PATH = process.env.PATH ?? ''

const isThere = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether the NATS CLI is there, or can be built. */
export const hasNatsCli = (): boolean => isThere(CACHED) || onPath('go', PATH).length > 0

/** The NATS CLI of the pinned release: built before, else built now, which takes 2 minutes on two cores. */
export const natsCli = async (): Promise<string> => {
  if (isThere(CACHED)) return CACHED
  await mkdir(CACHE, { recursive: true })
  const workDir = await mkdtemp(join(CACHE, 'fetch-'))
  try {
    await goInstall(PINNED, workDir, AbortSignal.timeout(600_000))
    await rename(join(workDir, 'nats'), CACHED)
    return CACHED
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
}
