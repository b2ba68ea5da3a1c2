import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { asRole } from '../../config/runtime/postgres-roles.ts'
import { STREAMS } from '../../config/streams.ts'
import { rebuild } from '../../server/consumers/projector-rebuild.ts'
import { migrate } from '../../server/db/migrate.ts'
import { nativePool } from '../../server/db/native-pool.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import { ReadModel } from '../db/read-model.ts'
import { startNats } from '../harness/nats.ts'
import { moveIn, tellEntity } from './entities-log.ts'
import { appendAll, until } from './orders-log.ts'
import { lives, projectorsOf, rowsOf, Town } from './read-town.ts'
import { loseOf } from './stream-surgery.ts'

const never = new AbortController().signal

describe('the rebuild of the read model', () => {
  it('makes the same rows, while orders and the projector go on', async () => {
    await using town = await Town.open()
    await moveIn(town.log, 2)
    await appendAll(town.log, lives(0, 40))
    await town.project()
    let going = true
    const writing = (async () => {
      for (let i = 40; going; i++) await appendAll(town.log, lives(i, i + 1))
    })()
    const rebuilt = await town.rebuild().finally(() => {
      going = false
    })
    await writing
    await town.projected()
    expect(rebuilt).to.deep.include({ kind: 'rebuilt', stores: 2 })
    const after = await rowsOf(town.model)

    await using fresh = await ReadModel.open('fresh')
    const projectors = await projectorsOf(town.log, fresh)
    for (const stream of ['ORDERS', 'ENTITIES'])
      await until('all is written', async () => (await fresh.read.position(stream)) === (await town.log.end(stream)))
    await Promise.all(projectors.map(projector => projector.stop()))
    expect(after).to.deep.equal(await rowsOf(fresh))
    expect(after.order_view?.length).to.be.above(40)
  })

  it('takes from the archive what the log no longer holds, before its beginning and in its midst', async () => {
    await using town = await Town.open()
    await moveIn(town.log, 2)
    await appendAll(town.log, lives(0, 30))
    await town.project()
    const before = await rowsOf(town.model)
    const end = await town.log.end('ORDERS')
    await loseOf(town.server.url, 'ORDERS', { before: Math.floor(end / 2), seqs: [end - 11, end - 9, end - 1] })
    await town.model.orm.em.fork().execute("delete from order_event; update order_view set status = 'cooking', version = 1")
    expect(await town.rebuild()).to.deep.equal({ kind: 'rebuilt', orders: 30, steps: 90, stores: 2 })
    await town.projected()
    expect(await rowsOf(town.model)).to.deep.equal(before)
    await appendAll(town.log, lives(30, 31))
    await town.projected()
    expect((await town.model.read.orderById('o_30'))?.version).to.equal(3)
  })

  it('takes all from the archive when the log was lost whole, and what has come since from the new one', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 20))
    await town.project()
    await town.stopProjecting()
    await using anew = await startNats()
    const nats = await connectNats({ url: anew.url, name: 'test', streams: STREAMS })
    await nats.ensureStreams()
    await appendAll(nats.log, lives(20, 22))
    const rebuilt = await rebuild({
      databaseUrl: town.model.databaseUrl,
      log: nats.log,
      now: Date.now,
      tell: () => undefined,
      signal: never,
    })
    expect(rebuilt).to.deep.equal({ kind: 'rebuilt', orders: 22, steps: 66, stores: 0 })
    await nats.close()
  })

  it('goes on from where the rebuilt model is, and loses nothing that was not archived yet', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 10))
    await town.project()
    await town.stopProjecting()
    await appendAll(town.log, lives(10, 20))
    const behind = await town.model.read.position('ORDERS')
    expect(await town.rebuild()).to.deep.include({ orders: 20 })
    expect(await town.model.read.position('ORDERS'), 'what only the draft has seen is not archived').to.equal(behind)
    await town.project()
    const [archived] = await town.model.orm.em.fork().execute<{ count: string }[]>('select count(*) from record_archive')
    expect(archived).to.deep.equal({ count: '60' })
  })

  it('leaves tables that are the same in all but their rows', async () => {
    await using town = await Town.open()
    const em = town.model.orm.em.fork()
    const reader = `reader_${Date.now()}`
    await em.execute(`create role ${reader}; grant select on order_view, order_event to ${reader}`)
    const shape = async () => ({
      columns: await em.execute(`select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns
        where table_schema = 'public' order by 1, 2`),
      indexes: await em.execute("select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1"),
      settings: await em.execute(
        "select relname, reloptions, relacl::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
      ),
      schemas: await em.execute("select nspname from pg_namespace where nspname !~ '^pg_' order by 1"),
    })
    const before = await shape()
    await appendAll(town.log, lives(0, 3))
    await town.rebuild()
    expect(await shape()).to.deep.equal(before)
    await em.execute(`drop owned by ${reader}; drop role ${reader}`)
  })

  it('leaves the roles of the database what they may do, while they do it', async () => {
    await using town = await Town.open()
    const { databaseUrl } = town.model
    const [web, projector] = ['the password of web', 'the password of the projector']
    await migrate(databaseUrl, { web, projector })
    await using writer = await openOrm({ databaseUrl: asRole(databaseUrl, 'baedal_projector', projector), poolMax: 5 })
    await using gateway = await openOrm({ databaseUrl: asRole(databaseUrl, 'baedal_web', web), poolMax: 2 })
    const read = new OrderReader(gateway)
    await appendAll(town.log, lives(0, 5))
    try {
      await town.project(writer)
      expect((await read.orderById('o_4'))?.version).to.equal(3)
      expect(await town.rebuild()).to.deep.include({ kind: 'rebuilt', orders: 5 })
      await appendAll(town.log, lives(5, 6))
      await town.projected()
    } finally {
      await town.stopProjecting() // they hold connections of the writer, who is closed first
    }
    expect((await read.orderById('o_5'))?.version).to.equal(3)
    const denied = await gateway.em.fork().execute("update order_view set status = 'delivered'").catch(String)
    expect(denied).to.match(/permission denied for table order_view/)
  })

  it('leaves the old model and nothing else behind when it is told to stop', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 20))
    await town.project()
    const before = await rowsOf(town.model)
    for (const at of ['making the indexes', 'somebody holds']) {
      const stopping = new AbortController()
      const session = await (await nativePool(town.model.orm)).connect()
      await session.query('begin; lock table order_view in access share mode')
      const ended = await town
        .rebuild(stopping.signal, line => {
          if (line.startsWith(at)) stopping.abort(new Error('Ctrl-C'))
        })
        .catch(String)
      session.release(true)
      expect(ended, at).to.match(/Ctrl-C|abort/i)
      expect(await rowsOf(town.model)).to.deep.equal(before)
      expect(await town.model.orm.em.fork().execute("select from pg_namespace where nspname = 'rebuild'")).to.deep.equal([])
    }
  })

  it('waits for who reads the old tables, and then takes their place', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 5))
    await town.project()
    const session = await (await nativePool(town.model.orm)).connect()
    await session.query('begin; lock table order_event in access share mode')
    const lines: string[] = []
    const rebuilding = town.rebuild(never, line => {
      lines.push(line)
      if (line.startsWith('somebody holds')) session.release(true)
    })
    expect(await rebuilding).to.deep.include({ kind: 'rebuilt', orders: 5 })
    expect(lines.filter(line => line.startsWith('somebody holds'))).to.have.length(1)
  })

  it('is done by one at a time, and begins by clearing away what a killed one left', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 5))
    await town.model.orm.em.fork().execute('create schema rebuild; create table rebuild.order_view (left_over text)')
    const [first, second] = await Promise.all([town.rebuild(), town.rebuild()])
    expect([first?.kind, second?.kind].sort()).to.deep.equal(['busy', 'rebuilt'])
  })

  it('shows a store as its newest record has it, however many there were', async () => {
    await using town = await Town.open()
    await moveIn(town.log, 1)
    for (let i = 0; i < 70; i++) await tellEntity(town.log, 'store', 'store-1', { type: 'update', name: `Name ${i}` })
    await town.project()
    await town.rebuild()
    const stores = await town.model.orm.em.fork().execute('select id, version, name from store_view')
    expect(stores).to.deep.equal([{ id: 'store-1', version: 71, name: 'Name 69' }])
  })
})
