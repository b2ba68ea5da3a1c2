import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const PINNED = 'github.com/nats-io/nats-server/v2@v2.15.1'
/** Compiling takes 1–3 minutes on two cores. */
const BUILD_MS = 600_000

/** Builds the pinned nats-server. @returns the binary's path @throws as `goInstall` does */
export const buildWithGo = async (workDir: string, { signal }: { readonly signal: AbortSignal }): Promise<string> => {
  await goInstall(PINNED, workDir, signal)
  return join(workDir, 'nats-server')
}

/**
 * Builds a pinned release with the machine's own Go, which checks every module against its checksum database.
 * @throws Error in one line when there is no Go, or it cannot build
 */
export const goInstall = async (pinned: string, workDir: string, signal: AbortSignal): Promise<void> => {
  const env = { ...process.env, GOBIN: workDir, CGO_ENABLED: '0' }
  try {
    await promisify(execFile)('go', ['install', '-trimpath', pinned], { timeout: BUILD_MS, signal, env, maxBuffer: 10e6 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error('there is no go on PATH')
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    throw new Error(said || String(error))
  }
}
