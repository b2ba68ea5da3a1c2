import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { House } from '../../config/runtime/house.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { Supervised } from '../../config/runtime/processes.ts'
import { answersOk } from '../../config/runtime/role.ts'

const PROJECT = join(import.meta.dirname, '..', '..')

export interface SecondGateway extends AsyncDisposable {
  readonly url: string
}

/** Settings of a house whose tokens another gateway, started by hand, takes for its own. */
export const SHARED_SECRET = { JWT_SECRET: 'a secret of two gateways, 32 letters' }

/**
 * One more gateway beside a house that was started with `SHARED_SECRET`, and it finds no database: nobody listens where it looks.
 * Answers when it is ready.
 */
export const startWithoutDatabase = async (house: House): Promise<SecondGateway> => {
  const [port = 0, health = 0, nobody = 0] = await freePorts(3, Math.random)
  const dir = mkdtempSync(join(tmpdir(), 'baedal-gateway-'))
  const gateway = new Supervised(
    {
      name: 'web-2',
      command: process.execPath,
      args: ['server/main.ts', 'web'],
      cwd: PROJECT,
      env: {
        ...process.env,
        ...SHARED_SECRET,
        PORT: String(port),
        HEALTH_PORT: String(health),
        NATS_URL: house.natsUrl,
        DATABASE_URL: `postgresql://baedal:baedal@127.0.0.1:${nobody}/baedal`,
        TOSS_SECRET_KEY: 'not used by a gateway',
        SOLAPI_API_KEY: 'not used by a gateway',
        SOLAPI_API_SECRET: 'not used by a gateway',
      },
      stopSignal: 'SIGTERM',
      endsWithParent: true,
      isReady: () => answersOk(`http://127.0.0.1:${health}/readyz`),
    },
    { rooms: { logs: dir, run: dir }, now: Date.now, say: () => {} },
  )
  await gateway.start(new AbortController().signal)
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
