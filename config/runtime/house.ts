import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { removeHouseFile, writeHouseFile } from '../house-file.ts'
import { Crew } from './crew.ts'
import { type DataDir, emptyDataDir, openDataDir } from './data-dir.ts'
import { runJob } from './job.ts'
import { type Lock, takeLock } from './lock.ts'
import { findNats } from './nats-binary.ts'
import { natsCluster } from './nats-cluster.ts'
import { natsService } from './nats-server.ts'
import { authorization, routePassword } from './nats-users.ts'
import { stopLeftOvers } from './pid-files.ts'
import { freePorts, portState } from './ports.ts'
import { databaseUrl, postgresService } from './postgres.ts'
import { settlePostgres } from './postgres-home.ts'
import { Problem, problemOf } from './problem.ts'
import type { Service } from './processes.ts'
import { appsBuild, oneShot, restoreJob, roleService } from './role.ts'
import { keepSecrets } from './secrets.ts'
import { type Facts, type Language, say, type TextKey } from './texts.ts'
import { assignPorts, membersOf, natsUrlFor, portsNeeded, replicasOf, type Staff, standIn, type Wiring } from './wiring.ts'

export interface HouseOptions {
  /** Made when missing; must be empty or a house's. */
  readonly dataDir: string
  /** The gateway's; 0 picks a free one. */
  readonly port: number
  /** Begin with empty data. Default false. */
  readonly fresh?: boolean
  /** Put this backup into the servers before anything else starts; they must be empty. No demo is added to it. */
  readonly from?: string
  /** NATS and PostgreSQL, the streams and the tables, and nobody who works with them: for the restoring of a log. Default false. */
  readonly serversOnly?: boolean
  /** Servers to use instead of our own; they are neither started nor stopped. */
  readonly natsUrl?: string
  readonly databaseUrl?: string
  /** NATS servers: 1, 3 or 5, default 1. With 3, every write is on three of them. */
  readonly cluster?: number
  /** Processes that host actors, `actors-1`, `actors-2` … when there are several. Default 1. */
  readonly hosts?: number
  /** Payment workers, named alike. Default 1. */
  readonly payments?: number
  /** Where one process finds NATS; default: at the servers themselves. A fault injection puts a proxy between. */
  readonly natsUrlOf?: (process: string, natsUrl: string) => string
  /** Settings for every process, over all else: `{ ACCEPT_WINDOW_MS: '2000' }`. */
  readonly env?: Readonly<Record<string, string>>
  /** Build the apps that the gateway serves, unless they are built. Default false: whoever looks at no page needs none. */
  readonly apps?: boolean
  /** Bring in the demo stores and accounts. Default true. */
  readonly seed?: boolean
  /** Hears what is being done, and each restart with its reason: one line each. */
  readonly onProgress?: (line: string) => void
  readonly language?: Language
  /** Where a fetched nats-server is kept; default `.cache` in the project. */
  readonly cacheDir?: string
  /** Ends the start early; everything begun is stopped again. */
  readonly signal?: AbortSignal
}

export interface House {
  readonly url: string
  /** As the house itself reaches it, with its password. */
  readonly natsUrl: string
  readonly databaseUrl: string
  /** `http://127.0.0.1:<port>` of each process of ours by its name, for /healthz, /readyz and /metrics. */
  readonly healthUrls: Readonly<Record<string, string>>
  readonly standIns: { readonly psp: string; readonly kakao: string }
  readonly dir: { readonly path: string; readonly logs: string }
  /** By name: our processes, `nats` (or `nats-1` …) and `postgres`; without those that are down just now. */
  pids(): Record<string, number>
  /** Sends a signal to one process; if that ends it, it is started again. @throws Error when there is no such name */
  kill(name: string, signal: NodeJS.Signals): void
  /** Waits until every process is ready at once, at most 60 s. @throws Problem notReady */
  ready(): Promise<void>
  /** Stops everything in order, within 10 s. The data stays. */
  stop(): Promise<void>
  /** Ends everything now; the next house recovers. */
  killAll(): void
  [Symbol.asyncDispose](): Promise<void>
}

/** Of a server alone while it takes a backup back; one of several leaves the syncing to the log that they share. */
const RESTORING_SYNC = '2s'
const CACHE = join(import.meta.dirname, '..', '..', '.cache')

/**
 * Starts everything, and answers when every process is ready.
 * H1. One house for each data directory. H2. What a killed house left running is stopped before anything is started.
 * H3. A start that fails leaves nothing running. H4. However our own process ends, nothing of ours stays behind it,
 * SIGKILL excepted: then the roles end themselves, and H2 does the rest.
 * @throws Problem, one line that says what to do
 */
export const openHouse = async (options: HouseOptions): Promise<House> => {
  try {
    const dir = openDataDir(options.dataDir)
    return await withLock(dir, takeLock(dir.lock, dir.path), options) // H1
  } catch (error) {
    if (options.signal?.aborted) throw new Problem('interrupted')
    throw problemOf(error, options.dataDir)
  }
}

const withLock = async (dir: DataDir, lock: Lock, options: HouseOptions): Promise<House> => {
  const tell = (key: TextKey, facts: Facts = {}): void => options.onProgress?.(say(options.language ?? 'en', key, facts))
  const crew = new Crew({ rooms: dir, now: Date.now, say: tell })
  const killAll = (): void => crew.killAll()
  process.once('exit', killAll) // H4
  const stop = async (): Promise<void> => {
    removeHouseFile(dir.path)
    await crew.stop()
    process.off('exit', killAll)
    lock.release()
  }
  try {
    await stopLeftOvers(dir.run, (name, pid) => tell('stoppingStale', { name, pid })) // H2
    removeHouseFile(dir.path)
    if (options.fresh) emptyDataDir(dir)
    const wiring = await wire(dir, options)
    await startAll(crew, dir, wiring, options, tell)
    writeHouseFile(dir.path, {
      natsUrl: natsUrlFor(wiring, 'admin'),
      databaseUrl: wiring.databaseUrl,
      replicas: replicasOf(wiring.staff),
      ...(wiring.ownsNats ? { opsNatsUrl: natsUrlFor(wiring, 'ops') } : {}),
    })
    return asHouse(crew, dir, wiring, stop, killAll)
  } catch (error) {
    await stop() // H3
    throw error
  }
}

const wire = async (dir: DataDir, options: HouseOptions): Promise<Wiring> => {
  const staff: Staff = { cluster: options.cluster ?? 1, hosts: options.hosts ?? 1, payments: options.payments ?? 1 }
  const free = await freePorts(1 + portsNeeded(staff), Math.random)
  const take = (): number => free.pop() ?? 0
  if (options.port !== 0) await demandPort(options.port)
  const ports = assignPorts(options.port || take(), staff, take)
  const secrets = keepSecrets(dir.secrets, () => randomBytes(24).toString('hex'))
  return {
    ports,
    secrets,
    staff,
    ownsNats: options.natsUrl === undefined,
    natsUrl: options.natsUrl ?? ports.nats.map(({ client }) => `nats://127.0.0.1:${client}`).join(','),
    ...(options.natsUrlOf ? { natsUrlOf: options.natsUrlOf } : {}),
    databaseUrl: options.databaseUrl ?? databaseUrl(ports.postgres, secrets.databasePassword),
    ownsPostgres: options.databaseUrl === undefined,
    standInDir: dir.standIns,
    overrides: options.env ?? {},
  }
}

const demandPort = async (port: number): Promise<void> => {
  const state = await portState(port)
  if (state !== 'free') throw new Problem(state === 'taken' ? 'portTaken' : 'portForbidden', { port })
}

const startAll = async (
  crew: Crew,
  dir: DataDir,
  wiring: Wiring,
  options: HouseOptions,
  tell: (key: TextKey, facts?: Facts) => void,
): Promise<void> => {
  // The first that fails takes the others with it.
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])])
  const together = async (starts: readonly Promise<void>[]): Promise<void> => {
    try {
      await Promise.all(starts)
    } catch (error) {
      failed.abort(error)
      await Promise.allSettled(starts)
      throw error
    }
  }
  /** A server alone, as it is outside of a restore. */
  let asAlways: Service | undefined
  const startNats = async (): Promise<void> => {
    if (options.natsUrl) return
    const search = { path: process.env.PATH ?? '', cacheDir: options.cacheDir ?? CACHE, say: tell, signal }
    const binary = await findNats(search)
    const { nats } = wiring.ports
    const [alone] = nats
    const users = authorization(wiring.secrets.natsSecret)
    const single = { binary, dir: dir.nats, port: alone?.client ?? 0, authorization: users }
    if (nats.length === 1) asAlways = natsService(single)
    const services =
      nats.length === 1
        ? [natsService(options.from ? { ...single, syncInterval: RESTORING_SYNC } : single)]
        : natsCluster({ binary, dir: dir.nats, nodes: nats, authorization: users, routePassword: routePassword(wiring.secrets.natsSecret) })
    await together(services.map(service => crew.start(service, signal)))
  }
  const startPostgres = async (): Promise<void> => {
    if (options.databaseUrl) return
    const password = wiring.secrets.databasePassword
    await crew.start(postgresService({ home: settlePostgres(dir), port: wiring.ports.postgres, password }), signal)
  }
  const members = membersOf(wiring.staff)
  const behind = members.filter(({ role }) => role !== 'web')
  const startMembers = async (starting: typeof members): Promise<void> => {
    tell('startingRoles', { names: starting.map(({ name }) => name).join(', ') })
    await together(starting.map(member => crew.start(roleService(member, wiring), signal)))
  }

  tell('startingServers', {
    names: [options.natsUrl ? [] : 'NATS', options.databaseUrl ? [] : 'PostgreSQL'].flat().join(', ') || 'nothing',
  })
  const buildApps = async (): Promise<void> => {
    if (!options.apps || options.serversOnly) return
    tell('buildingApps')
    await runJob(appsBuild(), dir, signal)
  }
  await together([startNats(), startPostgres(), buildApps()])
  if (options.from) {
    tell('restoring', { dir: options.from })
    await runJob(restoreJob(options.from, wiring), dir, signal)
    if (asAlways) await crew.replace(asAlways, signal)
  }
  tell('migrating')
  await runJob(oneShot('migrate', wiring), dir, signal)
  if (options.serversOnly) return crew.allReady(signal)
  await startMembers(behind)
  if (options.seed !== false && !options.from) {
    tell('seeding')
    await runJob(oneShot('seed', wiring), dir, signal)
  }
  await startMembers(members.filter(({ role }) => role === 'web'))
  await crew.allReady(signal)
}

const asHouse = (crew: Crew, dir: DataDir, wiring: Wiring, stop: () => Promise<void>, killAll: () => void): House => {
  let stopped: Promise<void> | undefined
  const stopOnce = (): Promise<void> => {
    stopped ??= stop()
    return stopped
  }
  const { ports } = wiring
  return {
    url: `http://localhost:${ports.web}`,
    natsUrl: natsUrlFor(wiring, 'admin'),
    databaseUrl: wiring.databaseUrl,
    healthUrls: Object.fromEntries(Object.entries(ports.health).map(([name, port]) => [name, standIn(port)])),
    standIns: { psp: standIn(ports.psp), kakao: standIn(ports.kakao) },
    dir: { path: dir.path, logs: dir.logs },
    pids: () => crew.pids(),
    kill: (name, signal) => crew.kill(name, signal),
    ready: () => crew.allReady(new AbortController().signal),
    stop: stopOnce,
    killAll,
    [Symbol.asyncDispose]: stopOnce,
  }
}
