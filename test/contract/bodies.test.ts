import { expect } from 'chai'
import { accountBody } from '../../server/contract/accounts.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { COMMAND_BODIES, placeBody } from '../../server/contract/order-commands.ts'
import { orderListQuery } from '../../server/contract/order-queries.ts'
import { parse } from '../../server/contract/parse.ts'
import { locationBody } from '../../server/contract/riders.ts'
import { nearQuery } from '../../server/contract/stores.ts'

const order = {
  storeId: 'store-1',
  items: [{ menuId: 'm-1', quantity: 2, choices: ['c-1'] }],
  deliverTo: { address: '서울 강남구 역삼로 1', lat: 37.5, lng: 127.03, detail: '101호' },
  note: '문 앞에 놓아 주세요\n벨은 누르지 마세요',
  paymentKey: 'pk_test_1',
}
const item = (changes: object) => ({ ...order, items: [{ ...order.items[0], ...changes }] })
const place = (changes: object) => ({ ...order, deliverTo: { ...order.deliverTo, ...changes } })

describe('the bodies of the contract', () => {
  it('take a whole order as it was sent', () => {
    expect(parse(placeBody, order)).to.deep.equal(order)
  })

  it('ignore fields they do not know', () => {
    expect(parse(placeBody, { ...order, total: 1, price: 'free' })).to.deep.equal(order)
  })

  const bad: readonly (readonly [string, unknown])[] = [
    ['no body', undefined],
    ['a list', []],
    ['no items', { ...order, items: [] }],
    ['51 items', { ...order, items: Array.from({ length: 51 }, () => order.items[0]) }],
    ['a quantity of 0', item({ quantity: 0 })],
    ['a negative quantity', item({ quantity: -1 })],
    ['half a quantity', item({ quantity: 1.5 })],
    ['an absurd quantity', item({ quantity: 100 })],
    ['a quantity in words', item({ quantity: '2' })],
    ['31 choices', item({ choices: Array.from({ length: 31 }, (_, i) => `c-${i}`) })],
    ['a menu id that would be a subject wildcard', item({ menuId: '>' })],
    ['a store id with a dot', { ...order, storeId: 'a.b' }],
    ['a latitude beyond the pole', place({ lat: 90.1 })],
    ['a longitude that is no number', place({ lng: Number.NaN })],
    ['an address of blanks', place({ address: '   ' })],
    ['an address of 201 characters', place({ address: 'x'.repeat(201) })],
    ['a note of 501 characters', { ...order, note: 'x'.repeat(501) }],
    ['a note with a NUL', { ...order, note: 'a\u0000b' }],
    ['a payment key with a slash', { ...order, paymentKey: 'a/b' }],
    ['null for what is optional', { ...order, note: null }],
  ]
  for (const [what, body] of bad) {
    it(`refuse an order with ${what}`, () => {
      expect(() => parse(placeBody, body))
        .to.throw(ApiError)
        .that.satisfies((error: ApiError) => error.code === 'INVALID' && Array.isArray(error.details?.issues))
    })
  }

  it('bound the minutes that a kitchen may take', () => {
    const { accept } = COMMAND_BODIES
    expect(parse(accept, { prepMinutes: 180 })).to.deep.equal({ prepMinutes: 180 })
    for (const prepMinutes of [0, 181, 2.5, '20']) expect(() => parse(accept, { prepMinutes })).to.throw(ApiError)
  })

  it('read the numbers of a query, and nothing that only looks like one', () => {
    expect(parse(nearQuery, { lat: '37.5', lng: '127.03' })).to.deep.equal({ lat: 37.5, lng: 127.03, radiusM: 3_000 })
    for (const lat of ['', ' ', 'x', '0x10', '1e3', ['1', '2'], '91'])
      expect(() => parse(nearQuery, { lat, lng: '127' })).to.throw(ApiError)
    expect(parse(orderListQuery, {})).to.deep.equal({ limit: 20 })
    expect(() => parse(orderListQuery, { limit: '101' })).to.throw(ApiError)
    expect(() => parse(orderListQuery, { status: 'lost' })).to.throw(ApiError)
  })

  it('want a position with its count and its instant', () => {
    const at = '2026-11-22T03:00:00.000Z'
    expect(parse(locationBody, { lat: 37.5, lng: 127, seq: 1, at })).to.deep.equal({ lat: 37.5, lng: 127, seq: 1, at })
    expect(() => parse(locationBody, { lat: 37.5, lng: 127, seq: 1, at: 'now' })).to.throw(ApiError)
  })

  it('let nobody register as a store or an operator', () => {
    const account = { role: 'customer', login: 'mina', password: 'longenough', name: '김민아', phone: '01000000001' }
    expect(parse(accountBody, account)).to.deep.equal(account)
    for (const role of ['store', 'ops']) expect(() => parse(accountBody, { ...account, role })).to.throw(ApiError)
  })

  it('never repeat a wrong value, which may be a secret', () => {
    try {
      parse(accountBody, { role: 'customer', login: 'mina', password: 'hunter2', name: 'x', phone: 'hunter2' })
      expect.fail('it was taken')
    } catch (error) {
      expect(JSON.stringify((error as ApiError).details)).not.to.include('hunter2')
    }
  })
})
