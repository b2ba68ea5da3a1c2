import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connectNats } from '../../actors/nats/connection.ts'
import type { StreamDeclaration } from '../../actors/nats/streams.ts'
import { findNats } from '../../config/runtime/nats-binary.ts'

export interface Place extends AsyncDisposable {
  readonly url: string
  readonly natsPid: number
}

/** A nats-server of our own with these streams, every acknowledged write on disk, on a free port and in a directory that goes away with it. */
export const openPlace = async (streams: readonly StreamDeclaration[]): Promise<Place> => {
  const dir = await mkdtemp(join(tmpdir(), 'baedal-bench-'))
  const port = await freePort()
  const binary = await findNats({
    path: process.env.PATH ?? '',
    cacheDir: join(import.meta.dirname, '../../.cache'),
    say: () => undefined,
    signal: new AbortController().signal,
  })
  const config = join(dir, 'nats.conf')
  await writeFile(config, `listen: "127.0.0.1:${port}"\njetstream { store_dir: ${JSON.stringify(dir)}, sync_interval: always }\n`)
  const child = spawn(binary, ['--config', config], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  while (!(await answers(port))) await pause(20)
  const url = `nats://127.0.0.1:${port}`
  const nats = await connectNats({ url, name: 'bench', streams })
  await nats.ensureStreams()
  await nats.close()
  return {
    url,
    natsPid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await exited
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('data', () => resolve(socket.destroy().destroyed))
    socket.once('error', () => resolve(false))
  })
