import { expect } from 'chai'
import { asRole } from '../../config/runtime/postgres-roles.ts'
import { type AccountRow, Accounts } from '../../server/db/accounts.ts'
import { archiveRowOf } from '../../server/db/archive-row.ts'
import { migrate } from '../../server/db/migrate.ts'
import { nativePool } from '../../server/db/native-pool.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { EntityWriter } from '../../server/db/write-stores.ts'
import { startPostgres } from '../harness/postgres.ts'
import { followed } from './followed.ts'
import { PAID, story } from './order-story.ts'

/** As somebody may think them out: nothing in them ends a literal, or is lost on the way through a URL. */
const PASSWORDS = { web: `it's"a\\$1%41@:/?#[]`, projector: "';drop/**/table/**/account;--" }
const DENIED = '42501'

/** Each of them needs one right only; `update` and `delete` touch no row. */
const ACTS = {
  select: (table: string) => `select count(*) from ${table}`,
  insert: (table: string) => `insert into ${table} default values`,
  update: (table: string, column: string) => `update ${table} set ${column} = default where false`,
  delete: (table: string) => `delete from ${table} where false`,
  truncate: (table: string) => `truncate ${table}`,
  drop: (table: string) => `drop table ${table}`,
}
/** Every table there is, with a column of each. */
const TABLES = {
  order_view: 'status',
  order_event: 'status',
  store_view: 'name',
  menu_view: 'version',
  menu_item_view: 'name',
  record_archive: 'record',
  position: 'seq',
  account: 'password_hash',
}

const open = async () => {
  const postgres = await startPostgres()
  const owner = await postgres.databaseUrl('roles')
  await migrate(owner, PASSWORDS)
  await migrate(owner, PASSWORDS)
  return { owner, web: asRole(owner, 'baedal_web', PASSWORDS.web), projector: asRole(owner, 'baedal_projector', PASSWORDS.projector) }
}

/** One connection; `say` tells the SQLSTATE of what PostgreSQL had against it. */
const session = async (databaseUrl: string) => {
  const orm = await openOrm({ databaseUrl, poolMax: 1 })
  const pool = await nativePool(orm)
  return {
    orm,
    say: (sql: string): Promise<string> =>
      pool.query(sql).then(
        () => 'done',
        (error: { readonly code?: string }) => String(error.code),
      ),
    [Symbol.asyncDispose]: () => orm.close(),
  }
}

const mayOf = async (databaseUrl: string): Promise<Readonly<Record<string, string>>> => {
  await using asking = await session(databaseUrl)
  const may: Record<string, string> = {}
  for (const [table, column] of Object.entries(TABLES)) {
    const allowed: string[] = []
    for (const [act, sql] of Object.entries(ACTS)) if ((await asking.say(sql(table, column))) !== DENIED) allowed.push(act)
    may[table] = allowed.join(' ')
  }
  return may
}

describe('the roles of the database', () => {
  it('may do what their process has to, and nothing else, however often the database is migrated', async () => {
    const { web, projector } = await open()
    expect(await mayOf(web)).to.deep.equal({
      order_view: 'select',
      order_event: 'select',
      store_view: 'select',
      menu_view: '',
      menu_item_view: 'select',
      record_archive: 'select',
      position: 'select',
      account: 'select insert',
    })
    expect(await mayOf(projector)).to.deep.equal({
      order_view: 'select insert update',
      order_event: 'insert',
      store_view: 'select insert update',
      menu_view: 'select insert update',
      menu_item_view: 'select insert update delete',
      record_archive: 'insert',
      position: 'select insert update',
      account: '',
    })
  })

  it('make no tables, become nobody else, and add days to the archive only where they write it', async () => {
    const { web, projector } = await open()
    await using gateway = await session(web)
    await using writer = await session(projector)
    for (const { say } of [gateway, writer]) {
      expect(await say('create table mine (id text)')).to.equal(DENIED)
      expect(await say('create schema mine')).to.equal(DENIED)
      expect(await say('set role test')).to.equal(DENIED)
      expect(await say('create role mine')).to.equal(DENIED)
    }
    expect(await gateway.say("select archive_day('2031-01-01')")).to.equal(DENIED)
    expect(await writer.say("select archive_day('2031-01-01')")).to.equal('done')
    expect(await writer.say('insert into record_archive_2031_01_01 default values'), 'only by the archive').to.equal(DENIED)
  })

  it('cannot put a table of their own in the place of the archive', async () => {
    const { owner, projector } = await open()
    await using writer = await session(projector)
    expect(await writer.say('create temporary table record_archive (day date) partition by range (day)')).to.equal('done')
    expect(await writer.say("select archive_day('2031-01-02')")).to.equal('done')
    await using house = await session(owner)
    const [day] = await house.orm.em
      .fork()
      .execute(
        "select inhparent = 'public.record_archive'::regclass as ours from pg_inherits where inhrelid = 'record_archive_2031_01_02'::regclass",
      )
    expect(day).to.deep.equal({ ours: true })
  })

  it('lose what a new version no longer gives them', async () => {
    const { owner, web } = await open()
    await using house = await session(owner)
    expect(await house.say('grant update, delete on account, order_view to baedal_web')).to.equal('done')
    await migrate(owner, PASSWORDS)
    expect(await mayOf(web)).to.include({ account: 'select insert', order_view: 'select' })
  })

  it('have the password that was given last, and are left alone when none is', async () => {
    const { owner, web } = await open()
    const entering = async (password: string): Promise<string> => {
      await using trying = await session(asRole(owner, 'baedal_web', password))
      return trying.say('select 1')
    }
    expect(await entering('another password')).to.equal('28P01')
    await migrate(owner, { web: 'another password' })
    expect(await entering('another password')).to.equal('done')
    expect(await entering(PASSWORDS.web)).to.equal('28P01')
    await migrate(owner)
    expect(await entering('another password')).to.equal('done')
    await migrate(owner, PASSWORDS)
    expect(await mayOf(web)).to.include({ account: 'select insert' })
  })

  it('are told to the server without their password', async () => {
    const { owner } = await open()
    await using house = await session(owner)
    const kept = await house.orm.em
      .fork()
      .execute<{ rolpassword: string }[]>("select rolpassword from pg_authid where rolname like 'baedal!_%' escape '!'")
    expect(kept).to.have.length(2)
    for (const { rolpassword } of kept)
      expect(rolpassword).to.match(/^SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$/)
  })

  it('are enough for a projector, on a day that is new, and for all that a gateway asks', async () => {
    const { web, projector } = await open()
    await using writer = await session(projector)
    const orders = new OrderWriter(writer.orm)
    const entities = new EntityWriter(writer.orm)
    const records = story({ id: 'o_1', events: [PAID] })
    const archived = records.map((record, i) => archiveRowOf('ORDERS', followed(record, 1 + i)))
    const rows = records.flatMap(record => orders.rowsOf(record, 'order'))
    expect(await orders.position()).to.equal(0)
    expect(await orders.write({ after: 0, upTo: 2, rows, records: archived })).to.deep.equal({ kind: 'written' })
    await orders.rewind()
    expect(await orders.write({ after: 0, upTo: 2, rows, records: archived }), 'a repeat').to.deep.equal({ kind: 'written' })
    const menu = {
      kind: 'menu',
      store_id: 's-1',
      version: 1,
      items: [{ menu_id: 'm-1', name: 'tea', price: 1_000, sold_out: false }],
    } as const
    const store = { kind: 'store', id: 's-1', version: 1, name: '다방', lat: 37.5, lng: 127 } as const
    expect(await entities.position()).to.equal(0)
    expect(await entities.write({ after: 0, upTo: 2, rows: [store, menu], records: [] })).to.deep.equal({ kind: 'written' })

    await using gateway = await session(web)
    const read = new OrderReader(gateway.orm)
    expect((await read.orderById('o_1'))?.version).to.equal(2)
    expect(await read.listOrders({ role: 'ops', id: 'ops-1', limit: 10 })).to.deep.include({ kind: 'page' })
    expect(await read.openOrdersOf({ role: 'customer', id: 'customer-1' })).to.have.length(1)
    expect(await read.timeline('o_1')).to.have.length(2)
    expect(await read.recordsOf('o_1')).to.have.length(2)
    expect(await read.salesOf({ storeId: 'store-1', zone: 'UTC', from: '2026-03-01', to: '2026-03-31' })).to.have.length(1)
    expect(await read.searchStores({ q: 'tea', lat: 37.5, radiusM: 1_000 })).to.deep.equal(['s-1'])
    expect(await read.position('ORDERS')).to.equal(2)
    const accounts = new Accounts(gateway.orm)
    const account: AccountRow = { role: 'rider', login: 'kim', id: 'r_kim', passwordHash: 'x', name: 'Kim', createdAt: new Date(0) }
    expect(await accounts.addAccount(account)).to.deep.equal({ kind: 'added' })
    expect(await accounts.addAccount(account)).to.deep.equal({ kind: 'taken' })
    expect((await accounts.findAccount('rider', 'kim'))?.id).to.equal('r_kim')
  })
})
