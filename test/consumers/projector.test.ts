import { expect } from 'chai'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Projector, startProjector } from '../../server/consumers/projector.ts'
import { migrate } from '../../server/db/migrate.ts'
import type { OrderRows } from '../../server/db/order-row.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { EntityWriter } from '../../server/db/write-stores.ts'
import { neighbourhood } from '../../server/seed/neighbourhood.ts'
import { NOON, PAID, story } from '../db/order-story.ts'
import { ReadModel } from '../db/read-model.ts'
import { PostgresServer } from '../harness/postgres.ts'
import { moveIn, tellEntity } from './entities-log.ts'
import { appendAll, ordersLog, silent, until } from './orders-log.ts'

const lives = (from: number, to: number): ActorRecord[] =>
  Array.from({ length: to - from }, (_, i) =>
    story({ id: `o_${from + i}`, atMs: NOON + (from + i) * 1_000, events: [PAID, { type: 'cancel' }] }),
  ).flat()

const project = (log: Log, write: OrderWriter): Promise<Projector<OrderRows>> =>
  startProjector({ log, write, now: () => NOON, logger: silent })

const reached = async (log: Log, reader: OrderReader): Promise<boolean> => (await reader.position('ORDERS')) === (await log.end('ORDERS'))

/** Every order of these records is there in its last version, with its whole timeline. */
const expectAll = async (reader: OrderReader, records: readonly ActorRecord[]): Promise<void> => {
  for (const [id, lived] of Map.groupBy(records, record => record.id)) {
    expect((await reader.orderById(id))?.version, id).to.equal(lived.length)
    expect(
      (await reader.timeline(id)).map(({ version }) => version),
      id,
    ).to.deep.equal(lived.map(({ version }) => version))
  }
}

describe('the projector', () => {
  it('writes what is in the log and what comes, up to the very end of the stream', async () => {
    await using model = await ReadModel.open('projector')
    const log = ordersLog()
    await appendAll(log, lives(0, 5))
    const projector = await project(log, model.write)
    await projector.ready
    await until('the past is written', () => reached(log, model.read))
    await appendAll(log, lives(5, 8))
    await until('the present is written', () => reached(log, model.read))
    await expectAll(model.read, lives(0, 8))
    expect(await projector.behind()).to.deep.equal({ messages: 0, ms: 0 })
    expect(projector.position()).to.deep.include({ phase: 'acting', seq: 48, poisoned: 0 })
    await projector.stop()
    expect(projector.position().phase).to.equal('stopped')
  })

  it('goes on where the last one stopped', async () => {
    await using model = await ReadModel.open('projector')
    const log = ordersLog()
    for (let from = 0; from < 12; from += 4) {
      await appendAll(log, lives(from, from + 4))
      const projector = await project(log, model.write)
      await until('all is written', () => reached(log, model.read))
      await projector.stop()
    }
    await expectAll(model.read, lives(0, 12))
  })

  it('loses and skips nothing when its connections are killed, whatever it is doing', async () => {
    await using model = await ReadModel.open('projector')
    const log = ordersLog()
    const all = lives(0, 120)
    const projector = await project(log, model.write)
    const killer = model.orm.em.fork()
    const kill = () =>
      killer.execute(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    for (let i = 0; i < all.length; i += 40) {
      await appendAll(log, all.slice(i, i + 40))
      await kill().catch(() => undefined)
    }
    await until('all is written', () => reached(log, model.read).catch(() => false))
    await projector.stop()
    await expectAll(model.read, all)
    const [sum] = await killer.execute<{ events: string; archived: string }[]>(
      'select (select count(*) from order_event) as events, (select count(*) from record_archive) as archived',
    )
    expect([Number(sum?.events), Number(sum?.archived)]).to.deep.equal([all.length, all.length])
  })

  it('waits while PostgreSQL is away, at the start and in between', async () => {
    await using server = await PostgresServer.open()
    const databaseUrl = await server.databaseUrl('outage')
    await migrate(databaseUrl)
    await server.stop()
    await using orm = await openOrm({ databaseUrl, poolMax: 4 })
    const reader = new OrderReader(orm)
    const log = ordersLog()
    const projector = await project(log, new OrderWriter(orm))
    await appendAll(log, lives(0, 3))
    await server.start()
    await projector.ready
    await until('the first are written', () => reached(log, reader).catch(() => false))
    await server.stop()
    await appendAll(log, lives(3, 6))
    await until('it has noticed', () => projector.position().phase === 'starting')
    await server.start()
    await until('the rest is written', () => reached(log, reader).catch(() => false))
    await projector.stop()
    await expectAll(reader, lives(0, 6))
  })

  it('stands by while another acts, and takes over when that one ends', async () => {
    await using model = await ReadModel.open('projector')
    await using spare = await openOrm({ databaseUrl: model.databaseUrl, poolMax: 3 })
    const log = ordersLog()
    const first = await project(log, model.write)
    await first.ready
    const second = await project(log, new OrderWriter(spare))
    await second.ready
    await appendAll(log, lives(0, 4))
    await until('all is written', () => reached(log, model.read))
    expect([first.position().phase, second.position().phase, second.position().seq]).to.deep.equal(['acting', 'standby', 0])
    await first.stop()
    await appendAll(log, lives(4, 6))
    await until('the second has taken over', () => second.position().phase === 'acting')
    await until('the rest is written', () => reached(log, model.read))
    await second.stop()
    await expectAll(model.read, lives(0, 6))
  })

  it('passes a record that nothing can read or store, and writes its neighbours', async () => {
    await using model = await ReadModel.open('projector')
    const log = ordersLog()
    const [huge] = story({ id: 'o_huge' })
    if (!huge) throw new Error('a story begins with a record')
    await appendAll(log, lives(0, 3))
    await log.put('evt.order.0.o_garbage.store-1.customer-1', { hello: 'world' })
    await log.put('evt.order.0.o_null.store-1.customer-1', null)
    await appendAll(log, [{ ...huge, state: { ...huge.state, context: { ...huge.state.context, total: 2 ** 40 } } }])
    await appendAll(log, lives(3, 6))
    const projector = await project(log, model.write)
    await until('the end is reached', () => reached(log, model.read))
    expect(projector.position().poisoned).to.equal(3)
    await projector.stop()
    await expectAll(model.read, lives(0, 6))
    expect(await model.read.orderById('o_huge')).to.equal(undefined)
    const archived = await model.orm.em.fork().execute<{ id: string }[]>("select id from record_archive where id like 'o_%' order by seq")
    expect(
      archived.filter(({ id }) => !/^o_\d$/.test(id)),
      'the archive shows nothing, so it takes what is too large to be shown',
    ).to.deep.equal([{ id: 'o_huge' }])
  })

  it('archives those who live long, too, and copies the catalogue for searches', async () => {
    await using model = await ReadModel.open('projector')
    const log = ordersLog()
    await moveIn(log, 3)
    await tellEntity(log, 'rider', 'rider-1', { type: 'register', name: 'Park', phone: '01000000000' })
    await tellEntity(log, 'store', 'store-1', { type: 'close' })
    const projector = await startProjector({ log, write: new EntityWriter(model.orm), now: () => NOON, logger: silent })
    await until('all is written', async () => (await model.read.position('ENTITIES')) === (await log.end('ENTITIES')))
    await projector.stop()
    const em = model.orm.em.fork()
    const kinds = await em.execute('select kind, count(*)::integer as count from record_archive group by kind order by kind')
    expect(kinds).to.deep.equal([
      { kind: 'menu', count: 3 },
      { kind: 'rider', count: 1 },
      { kind: 'store', count: 4 },
    ])
    const stores = await em.execute('select id, version from store_view order by id')
    expect(stores).to.deep.equal(['store-1', 'store-2', 'store-3'].map(id => ({ id, version: id === 'store-1' ? 2 : 1 })))
    const dishes = await em.execute<{ name: string }[]>("select name from menu_item_view where store_id = 'store-1'")
    expect(dishes.map(({ name }) => name)).to.have.members(neighbourhood.stores[0]?.items.map(({ name }) => name) ?? [])
  })

  it('reads a log from its beginning that is shorter than it knew', async () => {
    await using model = await ReadModel.open('projector')
    const before = ordersLog()
    await appendAll(before, lives(0, 4))
    const first = await project(before, model.write)
    await until('all is written', () => reached(before, model.read))
    await first.stop()
    const anew = ordersLog()
    await appendAll(anew, lives(4, 6))
    const second = await project(anew, model.write)
    await until('the new log is written', () => reached(anew, model.read))
    await second.stop()
    await expectAll(model.read, lives(0, 6))
  })

  it('stops at once when it is told to, even while it waits', async () => {
    await using orm = await openOrm({ databaseUrl: 'postgresql://test:test@127.0.0.1:1/nothing', poolMax: 2 })
    const stopping = new AbortController()
    const projector = new Projector({
      log: ordersLog(),
      write: new OrderWriter(orm),
      now: () => NOON,
      logger: silent,
      signal: stopping.signal,
    })
    stopping.abort()
    await projector.ready
    await projector.stop()
  })
})
