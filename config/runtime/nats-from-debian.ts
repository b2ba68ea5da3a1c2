import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isNewEnough } from './nats-version.ts'

const run = promisify(execFile)
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
/** Debian 13 has 2.10; these have 2.14 or newer. */
const SUITES = ['forky', 'sid'] as const
const STEP_MS = 60_000

/**
 * Debian's own package, from the mirror this machine uses already, checked by Debian's key. It needs no root, because the
 * package lists, the cache and the unpacked files are private; nothing is installed.
 * @returns the binary's path
 * @throws Error in one line when this is no Debian, or the mirror does not answer
 */
export const fetchFromDebian = async (workDir: string, { signal }: { readonly signal: AbortSignal }): Promise<string> => {
  const mirror = debianMirror()
  if (!mirror || !existsSync(KEYRING)) throw new Error('this machine has no Debian sources')
  let last = new Error('no suite has it')
  for (const suite of SUITES) {
    try {
      return await fromSuite(join(workDir, suite), mirror, suite, signal)
    } catch (error) {
      last = error as Error
    }
  }
  throw last
}

const fromSuite = async (dir: string, mirror: string, suite: string, signal: AbortSignal): Promise<string> => {
  for (const part of ['lists/partial', 'cache/archives/partial', 'nats']) await mkdir(join(dir, part), { recursive: true })
  const sources = join(dir, 'sources.list')
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`)
  const settings = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(dir, 'lists')}`,
    `Dir::Cache=${join(dir, 'cache')}`,
    'APT::Sandbox::User=root', // apt's own user cannot write to a private directory
    'Acquire::Languages=none',
    'Acquire::http::Timeout=10',
    'Acquire::Retries=1',
  ].flatMap(setting => ['-o', setting])
  const options = { cwd: dir, timeout: STEP_MS, signal, maxBuffer: 10e6, env: { ...process.env, LC_ALL: 'C' } }
  await run('apt-get', [...settings, '-qq', 'update'], options)
  const { stdout } = await run('apt-cache', [...settings, 'show', '--no-all-versions', 'nats-server'], options)
  const version = /^Version: (?:\d+:)?(\S+)/m.exec(stdout)?.[1] ?? '0'
  if (!isNewEnough(version)) throw new Error(`${suite} has ${version}`)
  await run('apt-get', [...settings, '-qq', 'download', 'nats-server'], options)
  const deb = (await readdir(dir)).find(file => file.endsWith('.deb'))
  if (!deb) throw new Error(`${suite} did not give its package`)
  await run('dpkg', ['-x', deb, 'nats'], options)
  return join(dir, 'nats/usr/sbin/nats-server')
}

/** The first Debian archive among the machine's own sources, in either of apt's two notations. */
const debianMirror = (): string | undefined => {
  const parts = '/etc/apt/sources.list.d'
  const files = ['/etc/apt/sources.list', ...(existsSync(parts) ? readdirSync(parts).map(file => join(parts, file)) : [])]
  return files
    .filter(file => existsSync(file) && /\.(list|sources)$/.test(file))
    .map(file => mirrorIn(readFileSync(file, 'utf8')))
    .find(Boolean)
}

/** `URIs: <uri>/debian` or `deb [options] <uri>/debian suite …`; other vendors' archives and debian-security do not match. */
export const mirrorIn = (sources: string): string | undefined =>
  /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(?:\S+\s+)*?(\S+\/debian)\/?(?=\s|$)/m.exec(sources)?.[1]
