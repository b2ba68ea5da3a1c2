import { expect } from 'chai'
import { STREAMS } from '../../config/streams.ts'
import { verify } from '../../server/db/verify.ts'
import { moveIn, tellEntity } from '../consumers/entities-log.ts'
import { appendAll } from '../consumers/orders-log.ts'
import { lives, Town } from '../consumers/read-town.ts'
import { loseOf } from '../consumers/stream-surgery.ts'
import { followed } from './followed.ts'
import { NOON, story } from './order-story.ts'

const DAY_MS = 86_400_000
const PER_ACTOR = Number(STREAMS.find(({ name }) => name === 'ENTITIES')?.max_msgs_per_subject)

describe('the comparison of log, archive and read model', () => {
  const open = async (): Promise<Town> => {
    const town = await Town.open()
    await moveIn(town.log, 2)
    await appendAll(town.log, lives(0, 6))
    await town.project()
    return town
  }
  const compare = async (town: Town, nowMs = NOON) => {
    const verified = await verify({
      databaseUrl: town.model.databaseUrl,
      log: town.log,
      streams: [
        { name: 'ORDERS', maxAgeMs: 3 * DAY_MS },
        { name: 'ENTITIES', perActor: PER_ACTOR },
      ],
      now: () => nowMs,
      tell: () => undefined,
    })
    return { ...verified, found: verified.differences.shown.map(({ what, how }) => `${what}: ${how}`) }
  }
  const found = async (town: Town): Promise<readonly string[]> => (await compare(town)).found
  const sql = (town: Town, text: string) => town.model.orm.em.fork().execute(text)
  /** Past the trigger that keeps the archive as it is, as only its owner could. */
  const forge = (town: Town, text: string) =>
    sql(town, `alter table record_archive disable trigger append_only; ${text}; alter table record_archive enable trigger append_only`)

  it('finds nothing when all is as it should be, and says what it has compared', async () => {
    await using town = await open()
    const { archive, orders, catalogue, behind, found } = await compare(town)
    expect({ archive, orders, catalogue, behind, found }).to.deep.equal({
      archive: {
        ORDERS: { compared: 18, forgotten: 0, poison: 0 },
        ENTITIES: { compared: 4, forgotten: 0, poison: 0 },
      },
      orders: { orders: 6, steps: 18, poison: 0 },
      catalogue: 4,
      behind: { ORDERS: 0, ENTITIES: 0 },
      found: [],
    })
  })

  it('finds nothing while orders go on, and none that is only not written yet', async () => {
    await using town = await open()
    let going = true
    const writing = (async () => {
      for (let i = 6; going; i++) await appendAll(town.log, lives(i, i + 1))
    })()
    try {
      for (let i = 0; i < 5; i++) expect(await found(town)).to.deep.equal([])
    } finally {
      going = false
      await writing
    }
    await town.projected()
    await town.stopProjecting()
    await appendAll(town.log, lives(1_000, 1_010))
    await tellEntity(town.log, 'store', 'store-1', { type: 'close' })
    const { behind, found: differences } = await compare(town)
    expect({ behind, differences }).to.deep.equal({ behind: { ORDERS: 60, ENTITIES: 1 }, differences: [] })
  })

  it('finds what is wrong with the archive', async () => {
    await using town = await open()
    await forge(
      town,
      `update record_archive set record = replace(record, '"total":9000', '"total":90000') where id = 'o_1' and version = 2`,
    )
    await forge(town, "delete from record_archive where id = 'o_2' and version = 1")
    await forge(town, "update record_archive set subject = subject || 'x' where id = 'o_3' and version = 1")
    await forge(town, "update record_archive set record = record || ' ' where id = 'o_4'")
    await forge(town, "delete from record_archive where kind = 'store' and id = 'store-2'")
    const differences = await found(town)
    expect(
      differences.filter(line => line.includes('ORDERS') || line.includes('ENTITIES')).map(line => line.split(':')[0]),
    ).to.have.members([
      'order/o_1 version 2 (ORDERS 9)',
      'order/o_2 version 1 (ORDERS 13)',
      'order/o_3 version 1 (ORDERS 19)',
      'store/store-2 version 1 (ENTITIES 3)',
    ])
    expect(differences).to.include('order/o_2 version 1: order_event has it, the archive has no record of it')
  })

  it('finds what the log has lost in its midst, and lets age be', async () => {
    await using town = await open()
    await loseOf(town.server.url, 'ORDERS', { seqs: [9] })
    expect(await found(town)).to.deep.equal([
      'order/o_1 version 2 (ORDERS 9): it is in the archive and not in the log, which should still hold it',
    ])
    const later = await compare(town, Date.now() + 4 * DAY_MS)
    expect([later.found, later.archive.ORDERS]).to.deep.equal([[], { compared: 17, forgotten: 1, poison: 0 }])
    await loseOf(town.server.url, 'ORDERS', { before: 13 })
    expect(await found(town)).to.deep.equal([])
  })

  it('knows that of each actor in ENTITIES only the newest records are kept', async () => {
    await using town = await open()
    for (let i = 0; i < PER_ACTOR + 10; i++) await tellEntity(town.log, 'store', 'store-1', { type: 'update', name: `Name ${i}` })
    await town.projected()
    const { archive, found: differences } = await compare(town)
    expect([differences, archive.ENTITIES]).to.deep.equal([[], { compared: 3 + PER_ACTOR, forgotten: 11, poison: 0 }])
    const last = await town.log.latest({ kind: 'store', id: 'store-1' })
    await loseOf(town.server.url, 'ENTITIES', { seqs: [(last?.seq ?? 0) - 1] })
    expect(await found(town)).to.have.length(1)
  })

  it('finds what is wrong with the rows of orders, each column of them', async () => {
    await using town = await open()
    const changes = {
      o_0: "status = 'cooking'",
      o_1: 'version = 9',
      o_2: 'total = 1',
      o_3: "placed_at = placed_at + interval '1 ms'",
      o_4: 'rider_id = store_id',
      o_5: `record = replace(record, 'Ramyeon', 'Ramen')`,
    }
    for (const [id, change] of Object.entries(changes)) await sql(town, `update order_view set ${change} where id = '${id}'`)
    expect((await found(town)).map(line => line.split(',')[0])).to.deep.equal([
      'order/o_0: order_view has status cooking',
      'order/o_1: order_view has version 9',
      'order/o_2: order_view has total 1',
      'order/o_3: order_view has placed_at 2026-03-02T12:00:03.001Z',
      'order/o_4: order_view has rider_id store-1',
      'order/o_5: order_view has record {"state":{"value":{"order":"canceled"',
    ])
  })

  it('finds orders that one of the two does not have', async () => {
    await using town = await open()
    await sql(town, "delete from order_view where id = 'o_0'")
    await sql(
      town,
      `insert into order_view select 'o_zzz', version, status, open, paid, store_id, customer_id, rider_id, total, placed_at, updated_at,
      payment, refund, record, customer_phone, ended from order_view where id = 'o_1'`,
    )
    expect(await found(town)).to.deep.equal([
      'order/o_0: order_view does not have it, the archive has version 3',
      'order/o_zzz: order_view has it at version 3, the archive has no record of it',
    ])
  })

  it('finds what is wrong with timelines', async () => {
    await using town = await open()
    await sql(town, "delete from order_event where order_id = 'o_1' and version = 2")
    await sql(town, "update order_event set by_id = 'nobody' where order_id = 'o_2' and version = 1")
    await sql(town, "update order_event set version = 4 where order_id = 'o_3' and version = 3")
    expect((await found(town)).map(line => line.split('{')[0])).to.deep.equal([
      'order/o_1 version 2: order_event does not have it, the archive does',
      'order/o_2 version 1: order_event has ',
      'order/o_3 version 3: order_event does not have it, the archive does',
      'order/o_3 version 4: order_event has it, the archive has no record of it',
    ])
  })

  it('finds what is wrong with the copy of the catalogue', async () => {
    await using town = await open()
    await sql(town, "update store_view set name = 'x' where id = 'store-1'; delete from store_view where id = 'store-2'")
    await sql(town, "update menu_item_view set price = price + 1 where store_id = 'store-1'")
    await sql(town, "insert into store_view values ('store-9', 1, 'Nowhere', 1, 1)")
    expect((await found(town)).map(line => line.split('{')[0])).to.have.members([
      'store/store-1: the copy of the catalogue has ',
      'store/store-2: the copy of the catalogue does not have it, the log has version 1',
      'menu/store-1: the copy of the catalogue has ',
      'store/store-9: the copy of the catalogue has it, the log has no record of it',
    ])
  })

  it('counts what nobody can read, and shows the first twenty of many differences', async () => {
    await using town = await open()
    const [record] = story({ id: 'o_odd' })
    if (!record) throw new Error('a story begins with a record')
    const odd = { ...record, state: { ...record.state, value: { order: 'lost', payment: 'idle', refund: 'none' } } }
    await town.log.put(followed(record, 1).subject, odd)
    await town.log.put('evt.order.0.o_garbage.store-1.customer-1', { hello: 'world' })
    await appendAll(town.log, lives(10, 40))
    await town.projected()
    await sql(town, 'delete from order_event')
    const { differences, orders, archive } = await compare(town)
    expect([differences.count, differences.shown.length]).to.deep.equal([108, 20])
    expect([orders.poison, archive.ORDERS?.poison]).to.deep.equal([1, 1])
  })
})
