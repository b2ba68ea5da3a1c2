import { randomBytes } from 'node:crypto'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { pino } from 'pino'
import { type Config, readConfig } from '../config/config.ts'
import type { Role as RoleName } from '../config/production.ts'
import { streamsOf } from '../config/streams.ts'
import type { RoleParts, Running } from './roles/role.ts'

type Role = (parts: RoleParts) => Promise<Running | undefined>

/**
 * `node server/main.ts <role>`: one process, one role. `migrate` and `seed` do their work and end; the others run until told to stop.
 * A process loads its own role only, from compiled code of an earlier start: 0.5 s of a core in place of 1.9, at every start and restart.
 */
const ROLES = {
  web: async () => (await import('./roles/web.ts')).runWeb,
  actors: async () => (await import('./roles/actors.ts')).runActors,
  payments: async () => (await import('./roles/payments.ts')).runPayments,
  projector: async () => (await import('./roles/projector.ts')).runProjector,
  notifier: async () => (await import('./roles/notifier.ts')).runNotifier,
  psp: async () => (await import('./roles/stand-ins.ts')).runPsp,
  kakao: async () => (await import('./roles/stand-ins.ts')).runKakao,
  migrate: async () => (await import('./roles/migrate.ts')).migrateOnce,
  seed: async () => (await import('./roles/seed.ts')).seedOnce,
} as const satisfies Record<RoleName, () => Promise<Role>>

/** A process that has not drained by then is ended as it is: its work is safe in the log. */
const DRAIN_WITHIN_MS = 9_000

const fail = (message: string): never => {
  process.stderr.write(`baedal: ${message}\n`)
  process.exit(1)
}

const configOf = (role: RoleName): Config => {
  try {
    return readConfig(process.env, role)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

const name = process.argv[2] ?? ''
if (!Object.hasOwn(ROLES, name)) fail(`no role ${JSON.stringify(name)}; there are: ${Object.keys(ROLES).join(', ')}`)
const config = configOf(name as RoleName)
const logger = pino({ level: config.LOG_LEVEL, base: { role: name, pid: process.pid } })

const stopOn = (running: Running): void => {
  let stopping = false
  const stop = (why: string): void => {
    if (stopping) return
    stopping = true
    logger.info({ why }, 'draining')
    setTimeout(() => fail(`${name} did not drain within ${DRAIN_WITHIN_MS} ms`), DRAIN_WITHIN_MS).unref()
    running.stop().then(
      () => process.exit(0),
      error => fail(String(error)),
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  // Under a supervisor standard input is a pipe that closes when it dies, even by SIGKILL.
  if (process.env.EXIT_WITH_PARENT === '1') process.stdin.resume().on('close', () => stop('the supervisor is gone'))
}

enableCompileCache() // kept among the machine's temporary files; where none can be, it is done without
try {
  const run: Role = await ROLES[name as RoleName]()
  const running = await run({
    config,
    streams: streamsOf(config.NATS_REPLICAS),
    logger,
    clock: {
      now: () => Date.now(),
      after: (ms, call) => {
        const timer = setTimeout(call, ms)
        return { cancel: () => clearTimeout(timer) }
      },
    },
    random: () => Math.random(),
    newId: () => randomBytes(12).toString('hex'),
    leave: () => void process.kill(process.pid, 'SIGTERM'),
  })
  flushCompileCache() // a process that is killed leaves it, too
  if (running) stopOn(running)
  else process.exit(0)
} catch (error) {
  logger.fatal({ error }, 'cannot start')
  fail(`${name} cannot start: ${error instanceof Error ? error.message : String(error)}`)
}
