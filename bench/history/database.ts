import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataDir } from '../../config/runtime/data-dir.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { databaseUrl, postgresService } from '../../config/runtime/postgres.ts'
import { settlePostgres } from '../../config/runtime/postgres-home.ts'
import { Supervised } from '../../config/runtime/processes.ts'

export interface Database extends AsyncDisposable {
  readonly url: string
}

const PASSWORD = 'bench'

/** The PostgreSQL of `npm start`, settings and all, so every commit is on disk; its directory goes away with it. */
export const openDatabase = async (): Promise<Database> => {
  const path = await mkdtemp(join(tmpdir(), 'baedal-bench-'))
  const dir = openDataDir(path)
  const [port = 0] = await freePorts(1, Math.random)
  const service = postgresService({ home: settlePostgres(dir), port, password: PASSWORD })
  const server = new Supervised(service, { rooms: dir, now: Date.now, say: () => undefined })
  await server.start(new AbortController().signal)
  return {
    url: databaseUrl(port, PASSWORD),
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await rm(path, { recursive: true, force: true })
    },
  }
}
