import { expect } from 'chai'
import { TOKEN } from '../../actors/address.ts'
import { distanceM } from '../../machines/distance.ts'
import { price } from '../../machines/price.ts'
import { isWon } from '../../machines/won.ts'
import { neighbourhood } from '../../server/seed/neighbourhood.ts'

const { stores, customers, riders, ops } = neighbourhood
const items = stores.flatMap(store => store.items)
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

describe('the neighbourhood', () => {
  it('has 30 stores, 20 customers, 10 riders and an operator', () => {
    expect([stores, customers, riders, ops].map(people => people.length)).to.deep.equal([30, 20, 10, 1])
    expect([stores[0], stores[29], customers[19], riders[9], ops[0]].map(one => one?.id)).to.deep.equal([
      'store-1',
      'store-30',
      'customer-20',
      'rider-10',
      'ops-1',
    ])
  })

  it('names everything once and by subject tokens', () => {
    const ids = [...stores, ...customers, ...riders, ...ops, ...items].map(({ id }) => id)
    const choices = items.flatMap(item => item.options.flatMap(group => [group.id, ...group.choices.map(({ id }) => id)]))
    expect([...ids, ...choices].filter(id => !TOKEN.test(id))).to.deep.equal([])
    expect(unique(ids)).to.equal(true)
    expect(unique(stores.map(({ profile }) => profile.name))).to.equal(true)
    for (const { id, options } of items)
      expect(unique(options.flatMap(({ choices }) => choices.map(choice => choice.id))), id).to.equal(true)
  })

  it('asks whole won, and for no more choices than there are', () => {
    for (const item of items) {
      expect(isWon(item.price) && item.price > 0, item.id).to.equal(true)
      for (const { min, max, choices } of item.options) {
        expect(
          choices.every(choice => isWon(choice.price)),
          item.id,
        ).to.equal(true)
        expect(min >= 0 && min <= max && max >= 1 && max <= choices.length, item.id).to.equal(true)
      }
    }
  })

  it('can sell the first dish of every store just as it stands', () => {
    for (const store of stores) {
      const first = store.items[0]
      expect(price(store.items, [{ menuId: first?.id ?? '', quantity: 1 }]), store.id).to.deep.include({
        kind: 'priced',
        total: first?.price,
      })
    }
  })

  it('has menus of 6 to 12 dishes, some sold out, some that must be asked about', () => {
    for (const store of stores) expect(store.items.length, store.id).to.be.within(6, 12)
    const storesWith = (has: (item: (typeof items)[number]) => boolean) => stores.filter(store => store.items.some(has)).length
    expect(storesWith(item => item.soldOut)).to.be.at.least(2)
    expect(storesWith(item => item.options.some(group => group.min === 1))).to.be.at.least(2)
  })

  it('lies within 3 km of Yeoksam station and never closes', () => {
    const yeoksam = { lat: 37.5006, lng: 127.0364 }
    for (const { id, profile } of stores) {
      expect(distanceM(yeoksam, profile), id).to.be.below(3_000)
      expect(profile.zone).to.equal('Asia/Seoul')
      expect(profile.hours.length === 7 && profile.hours.every(day => day !== null && day.open === day.close), id).to.equal(true)
    }
  })

  it('has telephones that belong to nobody', () => {
    for (const { phone } of [...customers, ...riders]) expect(phone).to.match(/^0100000\d{4}$/)
    for (const { profile } of stores) expect(profile.phone).to.match(/^020000\d{4}$/)
  })
})
