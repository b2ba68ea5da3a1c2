import { expect } from 'chai'
import { orderOf, outcomeOf } from '../../../clients/ops/dead-letters/outcome.ts'
import { countsOf, labelsOf, shadesOf } from '../../../clients/ops/map/cells.ts'
import { chaptersOf, isAbortable, isOver } from '../../../clients/ops/orders/story.ts'
import type { StoryEntry } from '../../../server/contract/order-story.ts'

const at = (s: number): string => new Date(s * 1_000).toISOString()
const step = (version: number, s: number, event: string, status: string): StoryEntry => ({
  kind: 'record',
  at: at(s),
  version,
  event,
  status,
  regions: { order: status },
  by: { role: 'customer', id: 'customer-1' },
  commandId: `c-${version}`,
  cause: { kind: 'request' },
})
const refund = 'fx:order/o_1:3-2'
const ENTRIES: readonly StoryEntry[] = [
  step(1, 1, 'place', 'paying'),
  { kind: 'effect', at: at(1), version: 1, name: 'confirmPayment', id: 'fx:order/o_1:1-0', end: { kind: 'done', at: at(2), version: 2 } },
  { kind: 'timer', at: at(1), version: 1, name: 'payWindow', dueAt: at(600), end: { kind: 'cancelled', at: at(2), version: 2 } },
  step(2, 2, 'confirmPayment.done', 'placed'),
  { kind: 'message', at: at(3), about: 'placed', channel: 'alimtalk', to: 'customer/customer-1', status: 'sent', version: 2 },
  step(3, 5, 'cancel', 'canceled'),
  { kind: 'effect', at: at(5), version: 3, name: 'cancelPayment', id: refund, end: { kind: 'givenUp', at: at(6) }, attempts: 3 },
  { kind: 'deadLetter', at: at(6), id: refund, src: 'cancelPayment', attempts: 3, reason: 'TIMEOUT' },
  { kind: 'message', at: at(7), about: 'refunded', channel: 'webPush', to: 'customer/customer-1', status: 'unknown' },
]

describe('the story of an order as it is read', () => {
  it('puts what a step led to with the step, a dead letter with the work it was', () => {
    const told = chaptersOf(ENTRIES, false).map(({ step, afterMs, from, asides }) => [
      step?.event,
      step?.status,
      from,
      afterMs,
      asides.map(({ kind }) => kind).join(),
    ])
    expect(told).to.deep.equal([
      ['place', 'paying', undefined, undefined, 'effect'],
      ['confirmPayment.done', 'placed', 'paying', 1_000, 'message'],
      ['cancel', 'canceled', 'placed', 3_000, 'effect,deadLetter'],
      [undefined, undefined, undefined, undefined, 'message'],
    ])
  })

  it('has the clockwork only when it is asked for', () => {
    expect(chaptersOf(ENTRIES, true)[0]?.asides.map(({ kind }) => kind)).to.deep.equal(['effect', 'timer'])
  })

  it('lets an operator end what is paid and not delivered', () => {
    const abortable = ['paying', 'placed', 'cooking', 'picked', 'delivered', 'canceled'] as const
    expect(abortable.filter(status => isAbortable({ status }))).to.deep.equal(['placed', 'cooking', 'picked'])
  })

  it('is over when nothing moves any more, the money included', () => {
    expect(isOver({ status: 'canceled', refund: 'pending' })).to.equal(false)
    expect(isOver({ status: 'canceled', refund: 'done' })).to.equal(true)
    expect(isOver({ status: 'paymentFailed', refund: 'none' }), 'it can be paid once more').to.equal(false)
  })
})

describe('what came of a dead letter', () => {
  it('is told by the end of its work in the order’s story', () => {
    expect(outcomeOf({ id: refund }, ENTRIES)).to.equal('givenUp')
    expect(outcomeOf({ id: 'fx:order/o_1:1-0' }, ENTRIES)).to.equal('done')
    expect(outcomeOf({ id: 'tell:order/o_1:1-0' }, ENTRIES)).to.equal('unknown')
    expect([orderOf({ address: 'order/o_1' }), orderOf({ address: 'customer/c-1' })]).to.deep.equal(['o_1', undefined])
  })
})

describe('the cells of the map', () => {
  const cells = [
    { cell: 'a', lat: 37.5, lng: 127, orders: 8 },
    { cell: 'b', lat: 37.6, lng: 127, orders: 2 },
  ]

  it('are as dark as they are full, and say how many they are', () => {
    const [a, b] = shadesOf(cells)
    expect(a?.weight).to.equal(1)
    expect(b?.weight).to.be.within(0.3, 0.4)
    expect(labelsOf(cells).map(({ id, label }) => [id, label])).to.deep.equal([
      ['a', '8'],
      ['b', '2'],
    ])
  })

  it('do not hide the orders of which no cell is known', () => {
    expect(countsOf({ byStatus: { placed: 9, cooking: 3 }, cells })).to.deep.equal({ all: 12, elsewhere: 2 })
    expect(countsOf({ byStatus: {}, cells: [] })).to.deep.equal({ all: 0, elsewhere: 0 })
  })
})
