import { expect } from 'chai'
import type { ActorRecord } from '../../actors/record.ts'
import type { CatalogueRow } from '../../server/db/store-row.ts'
import { EntityWriter } from '../../server/db/write-stores.ts'
import { story } from './order-story.ts'
import { ReadModel } from './read-model.ts'

const [sample] = story({ id: 'o_1' })
const recordOf = (id: string, version: number, context: Readonly<Record<string, unknown>>): ActorRecord => {
  if (!sample) throw new Error('a story begins with a record')
  return { ...sample, id, version, state: { value: 'open', context: { id, ...context }, status: 'active' } }
}
const store = (id: string, version: number, name: string): ActorRecord => recordOf(id, version, { name, lat: 37.5, lng: 127 })
const dish = (id: string, name = id, price = 9_000) => ({ id, name, price, soldOut: false, options: [] })
const menu = (id: string, version: number, items: readonly unknown[]): ActorRecord => recordOf(id, version, { items })

describe('the writer of the catalogue’s copy', () => {
  const open = async () => {
    const model = await ReadModel.open('stores')
    const write = new EntityWriter(model.orm)
    let seq = await write.position()
    const em = model.orm.em.fork()
    return {
      write,
      take: async (...read: readonly (readonly ['store' | 'menu' | 'rider', ActorRecord])[]) => {
        const rows: readonly CatalogueRow[] = read.flatMap(([kind, record]) => write.rowsOf(record, kind))
        const after = seq
        seq += read.length
        return write.write({ after, upTo: seq, rows, records: [] })
      },
      stores: () => em.execute<object[]>('select id, version, name, lat, lng from store_view order by id'),
      dishes: async () =>
        (
          await em.execute<{ store_id: string; menu_id: string; name: string; price: number; sold_out: boolean }[]>(
            'select * from menu_item_view order by store_id, menu_id',
          )
        ).map(({ store_id, menu_id, name, price, sold_out }) => `${store_id} ${menu_id} ${name} ${price}${sold_out ? ' sold out' : ''}`),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    }
  }

  it('keeps the newest of each store and menu, and nothing of the others', async () => {
    await using copy = await open()
    await copy.take(
      ['store', store('s-1', 1, 'Old')],
      ['store', store('s-1', 2, 'New')],
      ['rider', recordOf('r-1', 1, { name: 'Kim' })],
      ['menu', menu('s-1', 1, [dish('m-1'), dish('m-2')])],
      ['menu', menu('s-2', 1, [dish('m-1', 'Tea')])],
    )
    expect(await copy.stores()).to.deep.equal([{ id: 's-1', version: 2, name: 'New', lat: 37.5, lng: 127 }])
    expect(await copy.dishes()).to.deep.equal(['s-1 m-1 m-1 9000', 's-1 m-2 m-2 9000', 's-2 m-1 Tea 9000'])
  })

  it('drops what is no longer on a menu, changes what is, and never goes back', async () => {
    await using copy = await open()
    await copy.take(['menu', menu('s-1', 1, [dish('m-1'), dish('m-2')])])
    await copy.take(['menu', menu('s-1', 3, [dish('m-2', 'm-2', 1_000), { ...dish('m-3'), soldOut: true }])])
    const after = ['s-1 m-2 m-2 1000', 's-1 m-3 m-3 9000 sold out']
    expect(await copy.dishes()).to.deep.equal(after)
    await copy.take(['menu', menu('s-1', 2, [dish('m-1')])], ['menu', menu('s-1', 3, [])])
    expect(await copy.dishes()).to.deep.equal(after)
    await copy.take(['menu', menu('s-1', 4, [])])
    expect(await copy.dishes()).to.deep.equal([])
  })

  it('spells alike what looks alike, and says what is no store or menu', async () => {
    await using copy = await open()
    await copy.take(['store', store('s-1', 1, '갈비'.normalize('NFD'))])
    expect(await copy.stores()).to.deep.include({ id: 's-1', version: 1, name: '갈비', lat: 37.5, lng: 127 })
    for (const [kind, record] of [
      ['store', recordOf('s-1', 1, { lat: 1, lng: 1 })],
      ['store', recordOf('s-1', 1, { name: 'x', lat: '1', lng: 1 })],
      ['menu', recordOf('s-1', 1, {})],
    ] as const)
      expect(() => copy.write.rowsOf(record, kind)).to.throw(Error, 's-1')
  })
})
