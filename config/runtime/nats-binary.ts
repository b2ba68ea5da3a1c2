import { accessSync, constants } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fetchFromDebian } from './nats-from-debian.ts'
import { buildWithGo } from './nats-from-go.ts'
import { isNewEnough, NEEDED, natsVersion } from './nats-version.ts'
import { Problem } from './problem.ts'
import type { Facts, TextKey } from './texts.ts'

export interface NatsSearch {
  /** As in the variable PATH. */
  readonly path: string
  /** Where a fetched binary is kept. */
  readonly cacheDir: string
  readonly say: (key: TextKey, facts: Facts) => void
  readonly signal: AbortSignal
}

/** Each puts a binary somewhere below `workDir` and answers where, or throws one line that says why it could not. */
type Source = (workDir: string, search: NatsSearch) => Promise<string>
const SOURCES: Readonly<Record<string, Source>> = { Debian: fetchFromDebian, 'the Go module proxy': buildWithGo }

/**
 * A nats-server that is new enough: from PATH, else fetched before, else fetched now.
 * Both sources prove what they bring: Debian by its signing key, Go by its checksum database.
 * @throws Problem natsMissing with all that was tried
 */
export const findNats = async (search: NatsSearch): Promise<string> => {
  const cached = join(search.cacheDir, 'nats-server')
  const tried: string[] = []
  for (const binary of [...onPath('nats-server', search.path), cached]) {
    const version = await natsVersion(binary)
    if (version && isNewEnough(version)) return binary
    if (version) tried.push(`${binary} is ${version}`)
  }
  for (const [name, source] of Object.entries(SOURCES)) {
    search.signal.throwIfAborted()
    search.say('fetchingNats', { needed: NEEDED, source: name })
    try {
      return await fetched(source, search, cached)
    } catch (error) {
      search.signal.throwIfAborted()
      tried.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  throw new Problem('natsMissing', { needed: NEEDED, tried: tried.join('; ') })
}

/** Two houses may fetch at once: each works in a directory of its own, and renaming the result into place is atomic. */
const fetched = async (source: Source, search: NatsSearch, cached: string): Promise<string> => {
  await mkdir(search.cacheDir, { recursive: true })
  const workDir = await mkdtemp(join(search.cacheDir, 'fetch-'))
  try {
    const binary = await source(workDir, search)
    await chmod(binary, 0o755)
    const version = await natsVersion(binary)
    if (!version || !isNewEnough(version)) throw new Error(`it offers ${version ?? 'nothing that runs here'}`)
    await rename(binary, cached)
    return cached
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
}

/** Every executable of that name on PATH, in its order. */
export const onPath = (name: string, path: string): string[] =>
  path
    .split(delimiter)
    .filter(Boolean)
    .map(folder => join(folder, name))
    .filter(file => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
