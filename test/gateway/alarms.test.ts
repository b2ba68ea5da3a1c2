import { expect } from 'chai'
import { runTimers } from '../../actors/timers.ts'
import { Town } from './pusher-town.ts'

describe('alarms', () => {
  it('are told to every operator who is connected, again and again until a human has looked, and to nobody else', async () => {
    await using town = await Town.open()
    const now = () => town.clock.now()
    const timers = await runTimers({ log: town.log, router: town.router, now, random: () => 0.5, concurrency: 4, stream: 'ORDERS' })
    const ops = await town.joins({ role: 'ops', id: 'ops-1' })
    const [store, customer] = [await town.joins({ role: 'store', id: 'store-1' }), await town.joins({ role: 'customer', id: 'customer-1' })]
    await town.placed('o_1')
    const called = async (times: number) => {
      town.clock.advance(30_000)
      await store.ear.hears('order', 1 + times)
    }
    for (let times = 1; times <= 5; times++) await called(times)
    expect(ops.ear.of('alarm'), 'two and a half minutes are the store’s own').to.deep.equal([])
    await called(6)
    await called(7)
    await ops.ear.hears('alarm', 2)
    const alarm = { kind: 'unseenOrder', orderId: 'o_1', storeId: 'store-1', placedAt: ops.ear.of('alarm')[0]?.placedAt }
    expect(ops.ear.of('alarm')).to.deep.equal([
      { ...alarm, alerts: 6 },
      { ...alarm, alerts: 7 },
    ])
    await town.tell('order/o_1', { type: 'seen' })
    town.clock.advance(120_000)
    await town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    await store.ear.hears('order', 10)
    const calls = (ear: typeof store.ear) => ear.of('order').map(({ alerts, seenAt }) => `${alerts ?? 0}${seenAt ? ' seen' : ''}`)
    expect(calls(store.ear), 'a tablet can tell a call from a look at another one').to.deep.equal([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '7 seen',
      '7 seen',
    ])
    expect(new Set(calls(customer.ear)), 'which is no affair of the customer').to.deep.equal(new Set(['0']))
    expect(ops.ear.of('alarm')).to.have.length(2)
    for (const { ear } of [store, customer]) expect(ear.of('alarm')).to.deep.equal([])
    ops.connection.close()
    expect(town.pusher.alerts.size).to.equal(0)
    await timers.stop()
  })
})
