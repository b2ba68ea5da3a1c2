import { expect } from 'chai'
import { decide } from '../../actors/decide.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { aTap, T0 } from '../machines/order-stories.ts'

const command = (event: { readonly type: string; readonly [key: string]: unknown }) => ({
  commandId: `c-${event.type}`,
  address: { kind: 'order', id: 'o_1' },
  event,
  by: { role: 'customer' as const, id: 'customer-1' },
  at: T0,
})

const placed = (): Stored<ActorRecord> => {
  const decision = decide(orderKind, undefined, command({ ...aTap() }), Date.parse(T0))
  if (decision.kind !== 'commit') throw new Error('an order always begins')
  return { subject: decision.entry.subject, seq: 1, at: T0, body: decision.entry.record }
}

describe('the kind of an order', () => {
  it('lets nobody but the machine say that an order is paid', () => {
    for (const type of ['order.paid', 'order.refundDue', 'order.refunded', 'order.declined']) {
      const decision = decide(orderKind, placed(), command({ type }), Date.parse(T0))
      expect(decision).to.have.nested.property('reply.code', 'ORDER_REFUSED')
    }
  })

  it('files an order by its store and its customer, and does not write the tap down twice', () => {
    const { subject, body } = placed()
    expect(subject).to.match(/^evt\.order\.\d+\.o_1\.store-1\.customer-1$/)
    expect(body.event).to.deep.equal({ type: 'place' })
  })
})
