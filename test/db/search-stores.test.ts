import { expect } from 'chai'
import { ReadModel } from './read-model.ts'

describe('the search among stores', () => {
  it('finds part of the name of a store or a dish, letter by letter, around a place', async () => {
    await using model = await ReadModel.open('names')
    const em = model.orm.em.fork()
    await em.execute(`insert into store_view (id, version, name, lat, lng) values
      ('s-1', 1, '역삼치킨', 37.5, 127), ('s-2', 1, 'Noodle 100%', 37.5, 127), ('s-3', 1, '먼 치킨', 38.5, 127)`)
    await em.execute(`insert into menu_item_view (store_id, menu_id, name, price, sold_out) values
      ('s-1', 'm-1', '콜라', 2000, false), ('s-2', 'm-1', '치킨_라면', 9000, true)`)
    const found = async (q: string) => [...(await model.read.searchStores({ q, lat: 37.51, radiusM: 3_000 }))].sort()
    expect(await found('치킨')).to.deep.equal(['s-1', 's-2'])
    expect(await found('치킨'.normalize('NFD'))).to.deep.equal(['s-1', 's-2'])
    expect(await found('콜라')).to.deep.equal(['s-1'])
    for (const q of ['NOODLE', '0%', '%', '_']) expect(await found(q), q).to.deep.equal(['s-2'])
    for (const q of ['먼', '\\', "'", '?', '치_']) expect(await found(q), q).to.deep.equal([])
  })
})
