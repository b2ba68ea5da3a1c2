import { expect } from 'chai'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { STREAMS } from '../../config/streams.ts'
import { KnownParties } from '../../server/gateway/parties.ts'
import { systemClock } from '../harness/clock.ts'
import { customer1, openGateway, rider1, rider2, store1, store2 } from '../http/gateway-house.ts'

/** A log that counts how often the newest record of an order is read. */
class CountingLog extends MemoryLog {
  reads = 0
  override latest(...[address]: Parameters<MemoryLog['latest']>): ReturnType<MemoryLog['latest']> {
    if (address.kind === 'order') this.reads++
    return super.latest(address)
  }
}

describe('whose an order is', () => {
  it('is remembered from the first time, and forgotten longest ago first', () => {
    const known = new KnownParties()
    const order = (n: number) => ({ id: `o_${n}`, customer: { id: `customer-${n}`, name: '김민아' }, store: { id: 'store-1' } })
    for (let n = 0; n < 100_001; n++) known.note(order(n))
    expect(known.of('o_0')).to.equal(undefined)
    expect(known.of('o_1')).to.deep.equal({ customer: { id: 'customer-1' }, store: { id: 'store-1' } })
    expect(known.of('o_100000')?.customer.id).to.equal('customer-100000')
  })

  it('is not asked of the log at every step, and held against everybody else all the same', async () => {
    const log = new CountingLog({ clock: systemClock, streams: STREAMS })
    await using house = await openGateway({ log, wire: new MemoryWire(), startMs: Date.now() })
    const act = (command: string, as: typeof store1, body: object = {}) =>
      house.call('POST', `/api/orders/${placed.body.id}/${command}`, { as, body })
    const placed = await house.place({ paymentKey: 'pk_test_1' })
    const before = log.reads
    expect((await act('accept', store2, { prepMinutes: 5 })).status).to.equal(403)
    expect((await act('accept', store1, { prepMinutes: 5 })).body.status).to.equal('accepted')
    expect((await act('start-cooking', store1)).body.status).to.equal('cooking')
    expect((await act('finish-cooking', store1)).body.status).to.equal('cooked')
    expect(log.reads).to.equal(before)
    expect((await act('pick', rider1)).body.status).to.equal('picked')
    expect([(await act('deliver', rider2)).status, (await act('deliver', rider1)).status]).to.deep.equal([403, 200])
    expect((await act('confirm', customer1)).body.status).to.equal('confirmed')
  })
})
