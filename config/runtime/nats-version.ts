import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Atomic batches came with 2.12, schedules that cancel and repeat with 2.14. */
export const NEEDED = '2.14'

/** What `nats-server -v` says of itself, `2.15.1`; undefined when it does not run. */
export const natsVersion = async (binary: string): Promise<string | undefined> => {
  try {
    const { stdout } = await promisify(execFile)(binary, ['-v'], { timeout: 5_000 })
    return /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}

export const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED.split('.').map(Number)
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
