import { expect } from 'chai'
import { migrate } from '../../server/db/migrate.ts'
import { MIGRATIONS } from '../../server/db/migrations.ts'
import { openOrm } from '../../server/db/orm.ts'
import { startPostgres } from '../harness/postgres.ts'

const NAMES = MIGRATIONS.map(({ name }) => name)

describe('migrations', () => {
  it('run once, however often they are asked for', async () => {
    await using postgres = await startPostgres()
    const databaseUrl = await postgres.databaseUrl('migrate')
    expect(await migrate(databaseUrl)).to.deep.equal(NAMES)
    expect(await migrate(databaseUrl)).to.deep.equal([])
  })

  it('run once when several processes start at the same time', async () => {
    await using postgres = await startPostgres()
    const databaseUrl = await postgres.databaseUrl('migrate')
    const ran = await Promise.all([migrate(databaseUrl), migrate(databaseUrl), migrate(databaseUrl)])
    expect(ran.flat()).to.deep.equal(NAMES)
  })

  it('leave a database that has every column the entities name', async () => {
    await using postgres = await startPostgres()
    const databaseUrl = await postgres.databaseUrl('migrate')
    await migrate(databaseUrl)
    await using orm = await openOrm({ databaseUrl, poolMax: 1 })
    const columns = await orm.em
      .fork()
      .execute<{ name: string }[]>(
        "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'",
      )
    const there = columns.map(({ name }) => name)
    for (const meta of orm.getMetadata().getAll().values()) {
      for (const property of Object.values(meta.properties)) expect(there).to.include(`${meta.tableName}.${property.fieldNames[0]}`)
    }
  })

  it('fail at once, saying so, when nobody listens', async () => {
    const error = await migrate('postgresql://test:test@127.0.0.1:1/nothing').catch((caught: unknown) => caught)
    expect(String(error)).to.match(/ECONNREFUSED/)
  })
})
