import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect } from 'chai'
import { openOrm } from '../../server/db/orm.ts'
import { until } from '../consumers/orders-log.ts'
import { startPostgres } from '../harness/postgres.ts'

const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no failure', String)

describe('the way to PostgreSQL', () => {
  it('opens while nobody listens, and lets each query fail by itself', async () => {
    await using orm = await openOrm({ databaseUrl: 'postgresql://test:test@127.0.0.1:1/nothing', poolMax: 1 })
    for (let i = 0; i < 3; i++) expect(await failure(orm.em.fork().execute('select 1'))).to.match(/ECONNREFUSED/)
  })

  it('ends a statement that takes too long, and goes on', async () => {
    await using postgres = await startPostgres()
    await using orm = await openOrm({ databaseUrl: await postgres.databaseUrl('slow'), poolMax: 1, statementTimeoutMs: 50 })
    expect(await failure(orm.em.fork().execute('select pg_sleep(10)'))).to.match(/statement timeout/)
    expect(await orm.em.fork().execute('select 1 as one')).to.deep.equal([{ one: 1 }])
  })

  it('survives that the server cuts its connections, whether in use or idle', async () => {
    await using postgres = await startPostgres()
    const databaseUrl = await postgres.databaseUrl('cut')
    await using orm = await openOrm({ databaseUrl, poolMax: 2 })
    await using other = await openOrm({ databaseUrl, poolMax: 1 })
    const cut = () =>
      other.em
        .fork()
        .execute('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
    const asleep = () => other.em.fork().execute("select from pg_stat_activity where wait_event = 'PgSleep'")
    const answers = () =>
      orm.em
        .fork()
        .execute('select 1')
        .then(
          () => true,
          () => false,
        )
    expect(await answers()).to.equal(true)
    await cut()
    await until('it answers again', answers)
    const used = Promise.all([1, 2].map(() => failure(orm.em.fork().execute('select pg_sleep(10)'))))
    await until('both sleep', async () => (await asleep()).length === 2)
    await cut()
    for (const end of await used) expect(end).to.match(/terminat/)
    await until('it answers after all', answers)
  })

  it('gives up on a server that takes the call and says nothing', async () => {
    const sockets: Socket[] = []
    const mute = createServer(socket => void sockets.push(socket))
    await new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    await using orm = await openOrm({ databaseUrl: `postgresql://test:test@127.0.0.1:${port}/nothing`, poolMax: 1 })
    const beganMs = performance.now()
    expect(await failure(orm.em.fork().execute('select 1'))).to.match(/timeout/i)
    expect(performance.now() - beganMs).to.be.within(2_900, 4_000)
    for (const socket of sockets) socket.destroy()
    mute.close()
  })
})
