import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, type HouseOptions, openHouse } from '../../config/runtime/house.ts'
import { until } from '../harness/house.ts'
import { ROOT } from '../house/sources.ts'

type Options = Pick<HouseOptions, 'env' | 'cluster' | 'serversOnly'>

export interface Said {
  readonly code: number
  /** Standard output and standard error, line by line. */
  readonly lines: readonly string[]
}

/** A whole house that falls, loses something of what it has on disk, and is opened again. */
export class Ruin implements AsyncDisposable {
  readonly dataDir: string
  readonly #options: Options
  #house: House

  private constructor(dataDir: string, options: Options, house: House) {
    this.dataDir = dataDir
    this.#options = options
    this.#house = house
  }

  static async open(options: Options): Promise<Ruin> {
    const dataDir = await mkdtemp(join(tmpdir(), 'baedal-disaster-'))
    return new Ruin(dataDir, options, await openHouse({ ...options, dataDir, port: 0 }))
  }

  get house(): House {
    return this.#house
  }

  /** Every process is killed. */
  async fall(): Promise<void> {
    const pids = Object.values(this.#house.pids())
    this.#house.killAll()
    await until('every process is gone', () => pids.every(pid => !isAlive(pid)))
    await this.#house.stop()
  }

  async openAgain(more: Options = {}): Promise<House> {
    await this.#house.stop()
    this.#house = await openHouse({ ...this.#options, ...more, dataDir: this.dataDir, port: 0 })
    return this.#house
  }

  /** Where servers keep these streams. @param node `nats-1` … in a cluster */
  async storesOf(streams: readonly string[], node?: string): Promise<string[]> {
    const paths = await readdir(join(this.dataDir, 'nats', ...(node === undefined ? [] : [node])), { recursive: true })
    const wanted = paths.filter(path => streams.some(stream => path.endsWith(`/streams/${stream}`)))
    return wanted.map(path => join(this.dataDir, 'nats', ...(node === undefined ? [] : [node]), path))
  }

  async lose(paths: readonly string[]): Promise<void> {
    for (const path of paths) await rm(path, { recursive: true })
  }

  /** All that PostgreSQL keeps, wherever it keeps it. */
  async losePostgres(): Promise<void> {
    const elsewhere = await readFile(join(this.dataDir, 'postgres.at'), 'utf8').catch(() => undefined)
    await this.lose([elsewhere?.trim() ?? join(this.dataDir, 'postgres')])
  }

  /** One of the commands on a house, in a process of its own: `server/restore.ts`. */
  command(file: string, ...args: readonly string[]): Promise<Said> {
    return new Promise(resolve => {
      execFile(process.execPath, [file, '--data-dir', this.dataDir, ...args], { cwd: ROOT }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, lines: `${stdout}${stderr}`.trim().split('\n') }),
      )
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#house.stop()
    await this.losePostgres()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
