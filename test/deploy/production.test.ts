import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { runJob } from '../../config/runtime/job.ts'
import { logPath } from '../../config/runtime/launch.ts'
import { findNats } from '../../config/runtime/nats-binary.ts'
import { passwordVariable, userOf } from '../../config/runtime/nats-users.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { asRole } from '../../config/runtime/postgres-roles.ts'
import { type Service, Supervised } from '../../config/runtime/processes.ts'
import { answersOk } from '../../config/runtime/role.ts'
import { PostgresServer } from '../harness/postgres.ts'
import { ROOT } from '../house/sources.ts'
import { never, surroundings, temporary } from '../runtime/rooms.ts'
import { PROCESSES, settingsIn, text } from './files.ts'
import { drawnFor, drawSecrets, printUsers, secretsFor } from './secrets.ts'

const CACHE = join(ROOT, '.cache')
/** Nobody listens there: no test pays anybody, or writes to anybody. */
const NOBODY = 'https://127.0.0.1:1'

describe('a house in production', () => {
  it('starts with the files of deploy/ and what they draw: three NATS servers behind TLS, and every process with its own settings', async function () {
    this.timeout(150_000)
    using dir = temporary()
    const around = surroundings(dir.path)
    const secrets = join(dir.path, 'secrets')
    drawSecrets(secrets, 'localhost', 'localhost')
    const binary = await findNats({ path: process.env.PATH ?? '', cacheDir: CACHE, say: () => {}, signal: never })
    const ports = await freePorts(9 + PROCESSES.length + 1, Math.random)
    const take = () => ports.pop() ?? 0
    const servers = [1, 2, 3].map(i => ({ name: `nats-${i}`, client: take(), route: take(), monitor: take() }))
    await using postgres = await PostgresServer.open()
    const databaseUrl = await postgres.databaseUrl('production')
    const { DATABASE_WEB_PASSWORD: web, DATABASE_PROJECTOR_PASSWORD: projector } = drawnFor(secrets, 'migrate')
    const databases: Readonly<Record<string, string>> = {
      migrate: databaseUrl,
      web: asRole(databaseUrl, 'baedal_web', web),
      projector: asRole(databaseUrl, 'baedal_projector', projector),
    }
    const port = take()
    const started: Supervised[] = []
    const start = async (service: Service): Promise<void> => {
      const process = new Supervised(service, around)
      started.unshift(process)
      await process.start(never)
    }

    /** deploy/nats/nats.conf, but for where it lies and where it listens. */
    const nats = (server: (typeof servers)[number]): Service => {
      const home = join(dir.path, server.name)
      mkdirSync(home)
      const lines = text('deploy/nats/nats.conf')
        .replaceAll('/etc/nats/', `${secrets}/`)
        .replace('"/data"', JSON.stringify(join(home, 'data')))
        .replace('0.0.0.0:4222', `127.0.0.1:${server.client}`)
        .replace('0.0.0.0:6222', `127.0.0.1:${server.route}`)
        .replace('127.0.0.1:8222', `127.0.0.1:${server.monitor}`)
        .replace(/nats:\/\/nats-(\d):6222/g, (_, i: string) => `nats://localhost:${servers[Number(i) - 1]?.route}`)
      writeFileSync(join(home, 'users.conf'), printUsers())
      writeFileSync(join(home, 'nats.conf'), lines)
      return {
        name: server.name,
        command: binary,
        args: ['--config', join(home, 'nats.conf')],
        cwd: home,
        env: { ...drawnFor(secrets, 'nats'), NATS_SERVER_NAME: server.name },
        stopSignal: 'SIGTERM',
        endsWithParent: false,
        isReady: () => answersOk(`http://127.0.0.1:${server.monitor}/healthz`),
      }
    }
    /** Nothing of what surrounds us, so that nothing can be missing there. */
    const ours = (role: string, healthPort: number): Service => {
      const { NATS_URL: _url, DATABASE_URL: _database, ...drawn } = secretsFor(secrets, role)
      const user = userOf(role as 'migrate') ?? 'viewer'
      const password = drawnFor(secrets, 'nats')[passwordVariable(user)]
      return {
        name: role,
        command: process.execPath,
        args: ['server/main.ts', role],
        cwd: ROOT,
        env: {
          ...settingsIn(text('deploy/common.env')),
          ...drawn,
          NATS_URL: servers.map(({ client }) => `nats://${user}:${password}@localhost:${client}`).join(','),
          NATS_TLS_CA: join(secrets, 'ca.crt'),
          ...(databases[role] ? { DATABASE_URL: databases[role] } : {}),
          ...(role === 'payments' ? { TOSS_URL: NOBODY } : {}),
          ...(role === 'notifier' ? { SOLAPI_URL: NOBODY } : {}),
          PORT: String(port),
          HEALTH_PORT: String(healthPort),
        },
        stopSignal: 'SIGTERM',
        endsWithParent: true,
        isReady: () => answersOk(`http://127.0.0.1:${healthPort}/readyz`),
      }
    }
    /** A command on the house, as whoever keeps it runs it: by the settings of migrate. Throws when it ends with something else than 0. */
    const command = async (script: 'backup' | 'verify', ...args: string[]): Promise<string> => {
      const { env } = ours('migrate', 0)
      return (await promisify(execFile)(process.execPath, [`server/${script}.ts`, ...args], { cwd: ROOT, env })).stdout
    }
    try {
      await Promise.all(servers.map(server => start(nats(server))))
      await runJob(ours('migrate', 0), around.rooms, never)
      await Promise.all(PROCESSES.map(name => start(ours(name, take()))))
      const login = await fetch(`http://127.0.0.1:${port}/api/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ role: 'customer', login: 'nobody', password: 'a long password' }),
      })
      expect(login.status, 'the gateway reads accounts').to.equal(401)
      expect(await command('backup', '--to', join(dir.path, 'backup')), 'a backup behind TLS').to.match(/stream ORDERS: 0 messages/)
      expect(await command('verify'), 'and a comparison').to.match(/\ndifferences: 0\n$/)
      for (const { name } of servers) expect(existsSync(join(dir.path, name, 'data')), name).to.equal(true)
      for (const name of PROCESSES) expect(readFileSync(logPath(around.rooms, name), 'utf8')).to.not.match(/NATS does not let/)
    } finally {
      for (const process of started) await process.stop()
    }
  })
})
