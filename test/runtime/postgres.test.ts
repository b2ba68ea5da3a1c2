import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { openDataDir } from '../../config/runtime/data-dir.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { databaseUrl, postgresService } from '../../config/runtime/postgres.ts'
import { settlePostgres } from '../../config/runtime/postgres-home.ts'
import { Supervised } from '../../config/runtime/processes.ts'
import { openOrm } from '../../server/db/orm.ts'
import { isAlive, never, surroundings, temporary, until } from './rooms.ts'

const PASSWORD = 'thePasswordOfThisTest'

describe('PostgreSQL', () => {
  it('keeps its rows over a restart, a SIGKILL and a pid file left behind', async function () {
    this.timeout(40_000)
    using dir = temporary()
    const data = openDataDir(dir.path)
    const around = surroundings(dir.path)
    const home = settlePostgres(data)
    const [port = 0] = await freePorts(1, Math.random)
    const run = async (...statements: string[]): Promise<unknown> => {
      const orm = await openOrm({ databaseUrl: databaseUrl(port, PASSWORD), poolMax: 1, statementTimeoutMs: 0 })
      try {
        let last: unknown
        for (const statement of statements) last = await orm.em.fork().execute(statement)
        return last
      } finally {
        await orm.close()
      }
    }
    const service = postgresService({ home, port, password: PASSWORD })

    const first = new Supervised(service, around)
    await first.start(never)
    await run('create table dish (name text)', `insert into dish values ('비빔밥')`)
    const pid = first.pid ?? 0
    await first.stop()
    expect(isAlive(pid)).to.equal(false)

    // A pid that is alive and no PostgreSQL: our own.
    writeFileSync(join(home.dir, 'data', 'postmaster.pid'), `${process.pid}\n${join(home.dir, 'data')}\n`)
    const second = new Supervised(service, around)
    await second.start(never)
    await run(`insert into dish values ('냉면')`)
    second.kill('SIGKILL')
    await until('it is back', () => around.said.some(line => line === 'postgres is ready again'))
    expect(await run('select name from dish')).to.deep.equal([{ name: '비빔밥' }, { name: '냉면' }])
    expect(await run('show fsync')).to.deep.equal([{ fsync: 'on' }])
    await second.stop()
  })
})
