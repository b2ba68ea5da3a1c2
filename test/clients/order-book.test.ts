import { expect } from 'chai'
import fc from 'fast-check'
import { OrderBook } from '../../clients/shared/order-book.ts'
import type { OrderView } from '../../server/contract/order-view.ts'

const view = (version: number, door = true, id = 'o_1'): OrderView =>
  ({
    id,
    version,
    status: 'cooked',
    placedAt: '2026-05-01T09:00:00Z',
    deliverTo: door ? { address: '서울' } : { area: '8830e1d9' },
  }) as unknown as OrderView

describe('an order book', () => {
  it('shows the newest view of each order, whatever the order of arrival', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 }), versions => {
        const book = new OrderBook()
        for (const version of versions) book.take(view(version))
        expect(book.get('o_1')?.version).to.equal(Math.max(...versions))
      }),
    )
  })

  it('has no order that a rider has lost, whichever view comes first, until he has it again', () => {
    for (const first of [view(5), view(6, false)]) {
      const book = new OrderBook()
      book.take(first)
      book.take(first.version === 5 ? view(6, false) : view(5))
      expect([book.get('o_1'), book.take(view(5)), book.take(view(6, false)), book.get('o_1')]).to.deep.equal([
        undefined,
        false,
        false,
        undefined,
      ])
      book.take(view(7))
      expect(book.get('o_1')?.version).to.equal(7)
    }
  })

  it('keeps what a store or a customer is shown, who see it always in one way', () => {
    for (const door of [true, false]) {
      const book = new OrderBook()
      for (const version of [2, 3, 4]) book.take(view(version, door))
      expect(book.get('o_1')?.version).to.equal(4)
    }
  })

  it('learns from a refusal, and is still glad of the whole view', () => {
    const book = new OrderBook()
    book.note('o_1', { version: 3, status: 'picked' })
    expect(book.all).to.deep.equal([])
    book.take(view(2))
    book.note('o_1', { version: 3, status: 'picked' })
    book.note('o_1', { version: 1, status: 'placed' })
    expect(book.get('o_1')).to.deep.include({ version: 3, status: 'picked', deliverTo: { address: '서울' } })
    expect([book.take(view(2)), book.take(view(3)), book.take(view(3))]).to.deep.equal([false, true, false])
    expect(book.get('o_1')?.status).to.equal('cooked')
  })

  it('forgets with a sync what is over', () => {
    const book = new OrderBook()
    for (const id of ['o_1', 'o_2']) book.take(view(1, true, id))
    book.sync({ orders: [view(2, true, 'o_2')], serverTime: '' })
    expect(book.all.map(({ id, version }) => `${id} ${version}`)).to.deep.equal(['o_2 2'])
  })
})
