import { expect } from 'chai'
import type { Followed } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { archiveRowOf } from '../../server/db/archive-row.ts'
import { followed } from './followed.ts'
import { PAID, story } from './order-story.ts'
import { ReadModel } from './read-model.ts'

const DAY_MS = 86_400_000
const textsOf = async (model: ReadModel): Promise<string[]> =>
  (await model.orm.em.fork().execute<{ record: string }[]>('select record from record_archive order by seq')).map(({ record }) => record)
const daysOf = async (model: ReadModel): Promise<string[]> =>
  (
    await model.orm.em
      .fork()
      .execute<{ name: string }[]>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'record_archive'::regclass order by 1",
      )
  ).map(({ name }) => name)

/** Archives what lies in the log in just these letters. */
const archive = (model: ReadModel, after: number, texts: readonly string[]) => {
  const records = texts.map((text, i) => {
    const body = JSON.parse(text) as ActorRecord
    const message: Followed<ActorRecord> = { ...followed(body, after + 1 + i), text }
    return archiveRowOf('ORDERS', message)
  })
  return model.write.write({ after, upTo: after + texts.length, rows: [], records })
}

describe('the archive', () => {
  it('keeps every record letter by letter, whatever is in it', async () => {
    await using model = await ReadModel.open('archive')
    const notes = [
      'plain',
      'a NUL \0 and \\u0000',
      'halves \uD83C and \uDF36, whole 🌶',
      `"quotes" 'and' {braces,} \\`,
      '갈비',
      '\u007f\n\t',
      '"',
    ]
    const records = notes.flatMap((note, i) => story({ id: `o_${i}`, note, events: [PAID] }))
    expect(await model.take(...records)).to.equal('written')
    expect(await textsOf(model)).to.deep.equal(records.map(record => JSON.stringify(record)))
    const em = model.orm.em.fork()
    const [row] = await em.execute(`select kind, id, version, day::text, stream, seq, subject,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from record_archive where id = 'o_0' and version = 2`)
    expect(row).to.deep.equal({
      kind: 'order',
      id: 'o_0',
      version: 2,
      day: '2026-03-02',
      stream: 'ORDERS',
      seq: '2',
      subject: 'evt.order.25.o_0.store-1.customer-1',
      at: '2026-03-02T12:00:01.000Z',
    })
  })

  it('keeps the spaces and the order of a text that somebody else has written', async () => {
    await using model = await ReadModel.open('archive')
    const [record] = story({ id: 'o_1' })
    const text = JSON.stringify({ zebra: 1.0, ...record, '1': 'e' }, undefined, 3).replace('"zebra": 1', '"zebra":\t1.0e0')
    expect(await archive(model, 0, [text])).to.deep.equal({ kind: 'written' })
    expect(await textsOf(model)).to.deep.equal([text])
  })

  it('makes a partition for each day on which actors wrote, by the date in UTC', async () => {
    await using model = await ReadModel.open('archive')
    const midnight = Date.parse('2026-03-03T00:00:00.000Z')
    await model.take(...story({ id: 'o_1', atMs: midnight - 1_000, events: [PAID] }))
    await model.take(...story({ id: 'o_2', atMs: midnight - 400 * DAY_MS }), ...story({ id: 'o_3', atMs: midnight }))
    expect(await daysOf(model)).to.deep.equal(['record_archive_2025_01_27', 'record_archive_2026_03_02', 'record_archive_2026_03_03'])
    expect((await model.read.timeline('o_1')).map(({ version }) => version)).to.deep.equal([1, 2])
  })

  it('makes a partition anew that somebody has dropped, and passes no record because of it', async () => {
    await using model = await ReadModel.open('archive')
    await model.take(...story({ id: 'o_1' }))
    await model.orm.em.fork().execute('drop table record_archive_2026_03_02')
    const after = 1
    const records = story({ id: 'o_2' }).map((record, i) => archiveRowOf('ORDERS', followed(record, 2 + i)))
    const first = await model.write.write({ after, upTo: 2, rows: [], records }).catch(String)
    expect(first).to.match(/no partition/)
    expect(await model.write.write({ after, upTo: 2, rows: [], records })).to.deep.equal({ kind: 'written' })
    expect(await textsOf(model)).to.have.length(1)
  })

  it('can be added to, and nothing in it changed or taken out', async () => {
    await using model = await ReadModel.open('archive')
    await model.take(...story({ id: 'o_1', events: [PAID] }))
    const em = model.orm.em.fork()
    for (const sql of ["update record_archive set record = '{}'", 'delete from record_archive', 'delete from record_archive_2026_03_02'])
      expect(String(await em.execute(sql).catch((error: unknown) => error)), sql).to.match(/the archive is append-only/)
    const [first] = story({ id: 'o_1', note: 'another history' })
    expect(await archive(model, 2, [JSON.stringify(first)])).to.deep.equal({ kind: 'written' })
    expect(await textsOf(model)).to.deep.equal(story({ id: 'o_1', events: [PAID] }).map(record => JSON.stringify(record)))
  })

  it('needs no right to make tables, only to ask for a day', async () => {
    await using model = await ReadModel.open('archive')
    const em = model.orm.em.fork()
    const clerk = `clerk_${Date.now()}`
    await em.execute(`create role ${clerk}`)
    await em.execute(`revoke create on schema public from public`)
    await em.execute(`grant execute on function archive_day to ${clerk}`)
    await em.transactional(async inside => {
      await inside.execute(`set local role ${clerk}`)
      await inside.execute("select archive_day('2031-05-05')")
    })
    expect(await daysOf(model)).to.deep.equal(['record_archive_2031_05_05'])
    await em.execute(`drop owned by ${clerk}`)
    await em.execute(`drop role ${clerk}`)
  })

  it('takes nothing for a record that is none', () => {
    const [record] = story({ id: 'o_1' })
    if (!record) throw new Error('a story begins with a record')
    const message = followed(record, 1)
    const wrong: readonly unknown[] = [
      undefined,
      {},
      { ...record, id: 'o_2' },
      { ...record, version: 0 },
      { ...record, version: 1.5 },
      { ...record, version: 2 ** 31 },
      { ...record, at: 'yesterday' },
      { ...record, at: '2026-02-31T12:00:00.000+09:00' },
      { ...record, at: '2026-13-01T12:00:00.000Z' },
    ]
    for (const body of wrong)
      expect(() => archiveRowOf('ORDERS', { ...message, body: body as ActorRecord }), JSON.stringify(body)).to.throw(Error)
    expect(archiveRowOf('ORDERS', message)).to.deep.include({ kind: 'order', id: 'o_1', version: 1, seq: 1 })
  })
})
