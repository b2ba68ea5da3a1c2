import { expect } from 'chai'
import fc from 'fast-check'
import { billOf } from '../../../clients/customer/cart/bill.ts'
import {
  type Cart,
  type CartLine,
  countOf,
  EMPTY_CART,
  isCart,
  isOfAnother,
  MOST_LINES,
  wantedOf,
  withLine,
  withQuantity,
} from '../../../clients/customer/cart/cart.ts'
import { isFull, lackingOf, withChosen } from '../../../clients/customer/cart/choosing.ts'
import { refusedOrder } from '../../../clients/customer/cart/refused-order.ts'
import { reorder } from '../../../clients/customer/cart/reorder.ts'
import { type MenuItem, price } from '../../../machines/price.ts'

const SPICE = {
  id: 'spice',
  name: 'Spice',
  min: 1,
  max: 1,
  choices: [
    { id: 'mild', name: 'Mild', price: 0 },
    { id: 'hot', name: 'Hot', price: 500 },
  ],
}
const SIDES = {
  id: 'sides',
  name: 'Sides',
  min: 0,
  max: 2,
  choices: [
    { id: 'radish', name: 'Radish', price: 500 },
    { id: 'cola', name: 'Cola', price: 2_500 },
    { id: 'balls', name: 'Cheese balls', price: 4_500 },
  ],
}
const CHICKEN: MenuItem = { id: 'chicken', name: 'Chicken', price: 18_000, soldOut: false, options: [SPICE, SIDES] }
const FRIES: MenuItem = { id: 'fries', name: 'Fries', price: 5_000, soldOut: false, options: [] }
const MENU = [CHICKEN, FRIES]
const HERE = { id: 'store-1', name: 'Here' }
const THERE = { id: 'store-2', name: 'There' }

const fries = (quantity = 1): CartLine => ({ menuId: 'fries', name: 'Fries', choices: [], quantity, unitPrice: 5_000 })
const chicken = (choices: readonly string[], unitPrice = 18_000): CartLine => ({
  menuId: 'chicken',
  name: 'Chicken',
  choices: choices.map(id => ({ id, name: id })),
  quantity: 1,
  unitPrice,
})
const filled = (...lines: readonly CartLine[]): Cart => lines.reduce<Cart>((cart, line) => withLine(cart, HERE, line) ?? cart, EMPTY_CART)

describe('the cart of a customer', () => {
  it('has one line for the same dish with the same choices, in whatever order they were tapped', () => {
    const cart = filled(chicken(['hot', 'cola']), chicken(['cola', 'hot']), chicken(['mild']), fries(2))
    expect(cart.lines.map(({ quantity }) => quantity)).to.deep.equal([2, 1, 2])
    expect(countOf(cart)).to.equal(5)
  })

  it('holds dishes of one store, and asks before it takes those of another', () => {
    const cart = filled(fries())
    expect([isOfAnother(cart, 'store-1'), isOfAnother(cart, 'store-2'), isOfAnother(EMPTY_CART, 'store-2')]).to.deep.equal([
      false,
      true,
      false,
    ])
    expect(withLine(cart, THERE, chicken(['hot']))).to.deep.equal({ store: THERE, lines: [chicken(['hot'])] })
  })

  it('is empty when the last line has gone, and belongs to no store then', () => {
    expect(withQuantity(filled(fries()), 0, 0)).to.deep.equal(EMPTY_CART)
    expect(withQuantity(filled(fries(), chicken(['hot'])), 0, 0).lines).to.deep.equal([chicken(['hot'])])
  })

  it('stays within what an order may have', () => {
    expect(withQuantity(filled(fries()), 0, 500).lines[0]?.quantity).to.equal(99)
    expect(filled(fries(60), fries(60)).lines[0]?.quantity).to.equal(99)
    const many = filled(...Array.from({ length: MOST_LINES }, (_, i) => ({ ...fries(), menuId: `m-${i}` })))
    expect(withLine(many, HERE, fries())).to.equal(undefined)
    expect(withLine(many, HERE, { ...fries(), menuId: 'm-7' })?.lines).to.have.length(MOST_LINES)
  })

  it('is not taken from a device that kept something else under its name', () => {
    expect([isCart(filled(fries())), isCart(null), isCart({ lines: [{ menuId: 3 }] }), isCart('cart'), isCart(EMPTY_CART)]).to.deep.equal([
      true,
      false,
      false,
      false,
      true,
    ])
  })
})

describe('the bill of a cart', () => {
  it('adds up what the server will charge, whatever is in it', () => {
    const line = fc.oneof(
      fc
        .record({ spice: fc.constantFrom('mild', 'hot'), sides: fc.subarray(['radish', 'cola', 'balls'], { maxLength: 2 }) })
        .map(({ spice, sides }) => chicken([spice, ...sides])),
      fc.integer({ min: 1, max: 99 }).map(fries),
    )
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), lines => {
        const cart = filled(...lines)
        const charged = price(MENU, cart.lines.map(wantedOf))
        expect(charged.kind).to.equal('priced')
        expect(billOf(MENU, cart)).to.deep.include({ isGood: true, total: charged.kind === 'priced' ? charged.total : -1 })
      }),
    )
  })

  it('tells a price that has changed since the dish was taken', () => {
    const [line] = billOf([{ ...FRIES, price: 5_500 }], filled(fries(2))).lines
    expect(line).to.deep.include({ kind: 'priced', unitPrice: 5_500, lineTotal: 11_000, before: 5_000 })
  })

  it('names each line that cannot be had, counts the others, and is not good', () => {
    const cart = filled(fries(), chicken(['hot', 'gone']), { ...fries(), menuId: 'soup' })
    const bill = billOf([CHICKEN, { ...FRIES, soldOut: true }], cart)
    expect(bill.lines.map(line => (line.kind === 'refused' ? line.code : line.kind))).to.deep.equal([
      'SOLD_OUT',
      'CHOICE_NOT_FOUND',
      'MENU_NOT_FOUND',
    ])
    expect(bill).to.deep.include({ total: 0, isGood: false })
    expect(billOf(MENU, filled(fries(), chicken([]))).total).to.equal(5_000)
  })
})

describe('choosing what goes with a dish', () => {
  it('is not done before every group that must be answered is', () => {
    expect(lackingOf(CHICKEN, [])).to.deep.equal({ group: SPICE, missing: 1 })
    expect(lackingOf(CHICKEN, ['cola'])?.missing).to.equal(1)
    expect(lackingOf(CHICKEN, ['hot'])).to.equal(undefined)
  })

  it('replaces the choices of one group only, and never takes more than it allows', () => {
    expect(withChosen(['hot', 'cola'], SPICE, ['mild'])).to.deep.equal(['cola', 'mild'])
    expect(withChosen(['hot'], SIDES, ['radish', 'cola', 'balls'])).to.deep.equal(['hot', 'radish', 'cola'])
    expect([isFull(SIDES, ['radish']), isFull(SIDES, ['radish', 'balls'])]).to.deep.equal([false, true])
  })
})

describe('an old order as a new cart', () => {
  const ordered = (menuId: string, choices: readonly string[] = []) => ({
    menuId,
    name: `old ${menuId}`,
    quantity: 2,
    choices: choices.map(id => ({ id, name: id, price: 0 })),
  })

  it('has its dishes with their choices, at the names and prices of now', () => {
    const { cart, missing } = reorder(MENU, { store: HERE, items: [ordered('chicken', ['hot', 'cola']), ordered('fries')] })
    expect(missing).to.deep.equal([])
    expect(cart.lines.map(({ name, unitPrice, quantity }) => [name, unitPrice, quantity])).to.deep.equal([
      ['Chicken', 21_000, 2],
      ['Fries', 5_000, 2],
    ])
  })

  it('leaves out what cannot be had now, and says what', () => {
    const menu = [{ ...CHICKEN, soldOut: true }, FRIES]
    const { cart, missing } = reorder(menu, { store: HERE, items: [ordered('chicken', ['hot']), ordered('fries'), ordered('soup')] })
    expect(missing).to.deep.equal(['old chicken', 'old soup'])
    expect(cart.lines.map(({ menuId }) => menuId)).to.deep.equal(['fries'])
    expect(reorder([], { store: HERE, items: [ordered('fries')] }).cart).to.deep.equal(EMPTY_CART)
  })
})

describe('an order that was not taken', () => {
  it('points at the lines that are at fault, and says from when on the store takes orders', () => {
    const message = 'no'
    expect(
      refusedOrder({ code: 'SOLD_OUT', message, details: { issues: [{ path: ['items', 2, 'menuId'], message: 'SOLD_OUT' }] } }).lines,
    ).to.deep.equal([2])
    expect(refusedOrder({ code: 'STORE_BUSY', message, details: { nextSlotAt: '2026-01-01T00:15:00Z' } })).to.deep.include({
      from: '2026-01-01T00:15:00Z',
      lines: [],
    })
    expect(refusedOrder({ code: 'STORE_CLOSED', message, details: { opensAt: '2026-01-01T01:00:00Z', paused: true } })).to.deep.include({
      from: '2026-01-01T01:00:00Z',
      paused: true,
    })
  })
})
