import { expect } from 'chai'
import fc from 'fast-check'
import { isSoldOut, type MenuItem, price, type Wanted } from '../../machines/price.ts'
import { isWon, MAX_WON } from '../../machines/won.ts'
import { wanting } from './menus.ts'

const MENU: readonly MenuItem[] = [
  {
    id: 'm-1',
    name: '불고기 덮밥',
    price: 9_000,
    soldOut: false,
    options: [
      { id: 'size', name: '크기', min: 1, max: 1, choices: [choice('small', 0), choice('large', 2_000)] },
      { id: 'extra', name: '추가', min: 0, max: 2, choices: [choice('egg', 1_000), choice('kimchi', 1_500), choice('cheese', 2_500)] },
    ],
  },
  { id: 'm-2', name: '콜라', price: 2_000, soldOut: false, options: [] },
]
function choice(id: string, price: number, soldOut?: boolean) {
  return { id, name: id, price, ...(soldOut === undefined ? {} : { soldOut }) }
}
const without = (...sold: string[]): readonly MenuItem[] =>
  MENU.map(item => ({
    ...item,
    soldOut: sold.includes(item.id),
    options: item.options.map(group => ({ ...group, choices: group.choices.map(c => ({ ...c, soldOut: sold.includes(c.id) })) })),
  }))
const refused = (menu: readonly MenuItem[], ...wanted: Wanted[]) => {
  const priced = price(menu, wanted)
  return priced.kind === 'refused' ? `${priced.code} ${priced.path.join('.')}` : priced.total
}

describe('the price of an order', () => {
  it('is that of each dish with its choices, as often as it is wanted', () => {
    const wanted = [
      { menuId: 'm-1', quantity: 2, choices: ['large', 'egg'] },
      { menuId: 'm-2', quantity: 3 },
    ]
    expect(price(MENU, wanted)).to.deep.equal({
      kind: 'priced',
      lines: [
        {
          menuId: 'm-1',
          name: '불고기 덮밥',
          quantity: 2,
          unitPrice: 12_000,
          choices: [choice('large', 2_000), choice('egg', 1_000)],
          lineTotal: 24_000,
        },
        { menuId: 'm-2', name: '콜라', quantity: 3, unitPrice: 2_000, choices: [], lineTotal: 6_000 },
      ],
      total: 30_000,
    })
  })

  it('is refused with what is wrong and where', () => {
    const dish = (...choices: string[]) => ({ menuId: 'm-1', quantity: 1, choices })
    const cola = { menuId: 'm-2', quantity: 1 }
    expect(refused(MENU, cola, { menuId: 'm-3', quantity: 1 })).to.equal('MENU_NOT_FOUND items.1.menuId')
    expect(refused(MENU, dish())).to.equal('CHOICE_COUNT items.0.choices')
    expect(refused(MENU, dish('small', 'large'))).to.equal('CHOICE_COUNT items.0.choices')
    expect(refused(MENU, dish('small', 'egg', 'egg'))).to.equal('CHOICE_COUNT items.0.choices')
    expect(refused(MENU, dish('small', 'egg', 'ham'))).to.equal('CHOICE_NOT_FOUND items.0.choices.2')
    expect(refused(MENU, dish('small', 'egg', 'kimchi', 'cheese'))).to.equal('CHOICE_COUNT items.0.choices')
    expect(refused(MENU, dish('small', 'egg', 'kimchi'))).to.equal(11_500)
  })

  it('is refused for what is sold out, a dish or a choice of it', () => {
    const dish = (...choices: string[]) => ({ menuId: 'm-1', quantity: 1, choices })
    expect(refused(without('m-1'), { menuId: 'm-2', quantity: 1 }, dish('small'))).to.equal('SOLD_OUT items.1.menuId')
    expect(refused(without('egg'), dish('small', 'kimchi', 'egg'))).to.equal('SOLD_OUT items.0.choices.2')
    expect(refused(without('egg'), dish('small', 'kimchi'))).to.equal(10_500)
    expect(refused(without('small'), dish('small'))).to.equal('SOLD_OUT items.0.choices.0')
    expect(refused(without('small'), dish('large'))).to.equal(11_000)
  })

  it('is refused as sold out, whatever is chosen, when nothing is left of what must be chosen', () => {
    const menu = without('small', 'large')
    for (const choices of [[], ['small'], ['large', 'egg']])
      expect(refused(menu, { menuId: 'm-1', quantity: 1, choices })).to.equal('SOLD_OUT items.0.menuId')
    expect(menu.map(isSoldOut)).to.deep.equal([true, false])
    expect(without('egg', 'kimchi', 'cheese').map(isSoldOut)).to.deep.equal([false, false])
  })

  it('ends at a thousand million won', () => {
    const dear = (price: number): readonly MenuItem[] => [{ id: 'm-1', name: 'a ring', price, soldOut: false, options: [] }]
    expect(refused(dear(MAX_WON / 20), { menuId: 'm-1', quantity: 20 })).to.equal(MAX_WON)
    expect(refused(dear(MAX_WON / 20 + 1), { menuId: 'm-1', quantity: 20 })).to.equal('TOTAL_TOO_LARGE items')
  })
})

describe('for any menu and any wish, the price', () => {
  it('is whole won, never negative, never beyond the largest total, and the sum of its lines', () => {
    fc.assert(
      fc.property(wanting, ({ items, wanted }) => {
        const priced = price(items, wanted)
        if (priced.kind === 'refused') return
        expect(isWon(priced.total)).to.equal(true)
        expect(priced.lines.map(({ menuId, quantity }) => [menuId, quantity])).to.deep.equal(wanted.map(w => [w.menuId, w.quantity]))
        let sum = 0
        for (const line of priced.lines) {
          const dish = items.find(({ id }) => id === line.menuId)
          // Added up another way: money for one portion after another.
          for (let portion = 0; portion < line.quantity; portion++)
            for (const amount of [dish?.price ?? Number.NaN, ...line.choices.map(c => c.price)]) sum += amount
        }
        expect(priced.total).to.equal(sum)
      }),
      { numRuns: 500 },
    )
  })

  it('does not depend on the order of the dishes, nor of their choices', () => {
    const shuffled = wanting.chain(({ items, wanted }) =>
      fc
        .shuffledSubarray([...wanted], { minLength: wanted.length })
        .map(again => ({ items, wanted, again: again.map(w => (w.choices ? { ...w, choices: w.choices.toReversed() } : w)) })),
    )
    fc.assert(
      fc.property(shuffled, ({ items, wanted, again }) => {
        const [one, other] = [price(items, wanted), price(items, again)]
        expect(other.kind).to.equal(one.kind)
        if (one.kind === 'priced' && other.kind === 'priced') expect(other.total).to.equal(one.total)
      }),
      { numRuns: 500 },
    )
  })

  it('holds nothing that is sold out, and as many choices as each group asks for', () => {
    fc.assert(
      fc.property(wanting, ({ items, wanted }) => {
        const priced = price(items, wanted)
        if (priced.kind === 'refused') return
        for (const { menuId, choices } of priced.lines) {
          const dish = items.find(({ id }) => id === menuId)
          expect(dish?.soldOut).to.equal(false)
          for (const group of dish?.options ?? []) {
            const taken = group.choices.filter(({ id }) => choices.some(c => c.id === id))
            expect(taken.length).to.be.within(group.min, group.max)
            expect(taken.filter(({ soldOut }) => soldOut === true)).to.deep.equal([])
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is asked, or the place that is wrong is named', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(wanting, ({ items, wanted }) => {
        const priced = price(items, wanted)
        seen.set(priced.kind === 'priced' ? 'priced' : priced.code, (seen.get(priced.kind === 'priced' ? 'priced' : priced.code) ?? 0) + 1)
        if (priced.kind === 'priced') return
        const [root, line, field, at] = priced.path
        expect(root).to.equal('items')
        if (priced.code === 'TOTAL_TOO_LARGE') return
        const want = wanted[Number(line)]
        expect(field).to.be.oneOf(['menuId', 'choices'])
        if (at !== undefined) expect(want?.choices?.[Number(at)]).to.be.a('string')
      }),
      { numRuns: 2_000, seed: 4 },
    )
    // The generator says nothing unless it meets every case.
    expect([...seen.keys()]).to.have.members([
      'priced',
      'MENU_NOT_FOUND',
      'SOLD_OUT',
      'CHOICE_NOT_FOUND',
      'CHOICE_COUNT',
      'TOTAL_TOO_LARGE',
    ])
  })
})
