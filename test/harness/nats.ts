import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logPath } from '../../config/runtime/launch.ts'
import { findNats } from '../../config/runtime/nats-binary.ts'
import { type NatsOptions, natsService } from '../../config/runtime/nats-server.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { Supervised } from '../../config/runtime/processes.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache')
const never = new AbortController().signal

export interface TestNats extends AsyncDisposable {
  readonly url: string
  readonly pid: number | undefined
  /** All that it has said so far. */
  said(): string
}

/**
 * A nats-server of the test's own, with fsync on as in life, gone after it with all it wrote.
 * @param authorization its users; absent: anybody may do anything
 * @param more how often it syncs, where that is not always
 */
export const startNats = async (authorization?: string, more: Pick<NatsOptions, 'syncInterval'> = {}): Promise<TestNats> => {
  const dir = mkdtempSync(join(tmpdir(), 'baedal-nats-'))
  const binary = await findNats({ path: process.env.PATH ?? '', cacheDir: CACHE, say: () => {}, signal: never })
  const [port = 0] = await freePorts(1, Math.random)
  const service = natsService({ binary, dir: join(dir, 'nats'), port, ...(authorization === undefined ? {} : { authorization }), ...more })
  const rooms = { logs: dir, run: dir }
  const server = new Supervised(service, { rooms, now: Date.now, say: () => {} })
  await server.start(never)
  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      return server.pid
    },
    said: () => readFileSync(logPath(rooms, 'nats'), 'utf8'),
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
