import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Service } from './processes.ts'

export interface NatsOptions {
  readonly binary: string
  /** Ours alone; holds the configuration and the streams. */
  readonly dir: string
  readonly port: number
  /** Its users, as nats-server reads them; absent: anybody may do anything. */
  readonly authorization?: string
  /** How often what was written is synced, `always` by default. Only a restore may want less: the server syncs each message of it. */
  readonly syncInterval?: string
}

/** One nats-server with JetStream, for development: on the loopback address, and every acknowledged write on disk. */
export const natsService = ({ binary, dir, port, authorization = '', syncInterval }: NatsOptions): Service => {
  const config = join(dir, 'nats.conf')
  // Told apart from any other server that might have come by the port first.
  const serverName = `baedal-${randomUUID().slice(0, 8)}`
  return {
    name: 'nats',
    command: binary,
    args: ['--config', config],
    cwd: dir,
    env: process.env,
    stopSignal: 'SIGTERM',
    endsWithParent: false,
    prepare: async () => {
      mkdirSync(dir, { recursive: true })
      writeConfig(config, natsConfig(serverName, port, join(dir, 'jetstream'), syncInterval) + authorization)
    },
    isReady: async () => (await nameOfServer(port)) === serverName,
  }
}

/** For its owner's eyes only: passwords may be in it. */
export const writeConfig = (file: string, text: string): void => {
  rmSync(file, { force: true }) // an older one may be readable by all
  writeFileSync(file, text, { mode: 0o600 })
}

const natsConfig = (serverName: string, port: number, storeDir: string, syncInterval?: string): string => `# Written at every start.
server_name: ${JSON.stringify(serverName)}
listen: "127.0.0.1:${port}"
max_payload: 1MB
# A client that froze is dropped after 6 s, not after 4 minutes: its share of the commands must go elsewhere.
ping_interval: "2s"
ping_max: 2
${jetStreamConfig(storeDir, syncInterval)}`

export const jetStreamConfig = (storeDir: string, syncInterval = 'always'): string => `jetstream {
  store_dir: ${JSON.stringify(storeDir)}
  # An acknowledged write is on disk. The server's own default, every 2 minutes, loses writes on power loss.
  sync_interval: ${syncInterval}
  max_memory_store: 256MB
  max_file_store: 20GB
}
`

/** A server greets with one line of JSON, once it serves: `INFO {"server_name":…}`. Undefined while nobody does. */
const nameOfServer = (port: number): Promise<string | undefined> =>
  new Promise(resolve => {
    let heard = ''
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
    const end = (name?: string): void => {
      socket.destroy()
      resolve(name)
    }
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      heard += chunk
      if (heard.includes('\r\n')) end(/^INFO .*"server_name":"([^"]*)"/.exec(heard)?.[1])
    })
    for (const over of ['error', 'timeout', 'close'] as const) socket.once(over, () => end())
  })
