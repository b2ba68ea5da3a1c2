import { expect } from 'chai'
import { Registry } from 'prom-client'
import { Projector } from '../../server/consumers/projector.ts'
import { measureProjectors } from '../../server/consumers/projector-metrics.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { EntityWriter } from '../../server/db/write-stores.ts'
import { NOON, PAID, story } from '../db/order-story.ts'
import { ReadModel } from '../db/read-model.ts'
import { appendAll, ordersLog, silent, until } from './orders-log.ts'

describe('the figures of the projectors', () => {
  it('tell for each stream how far behind it is, what was written and what was passed', async () => {
    await using model = await ReadModel.open('figures')
    const log = ordersLog()
    let nowMs = NOON
    const now = () => nowMs
    await appendAll(log, story({ id: 'o_1', events: [PAID] }))
    await log.put('evt.order.0.o_garbage.store-1.customer-1', { hello: 'world' })
    const projectors = [
      new Projector({ log, write: new OrderWriter(model.orm), now, logger: silent }),
      new Projector({ log, write: new EntityWriter(model.orm), now, logger: silent }),
    ]
    const registry = new Registry()
    measureProjectors(projectors, registry)
    const figures = async (): Promise<string[]> => (await registry.metrics()).split('\n').filter(line => /^projector_/.test(line))
    await until('all is written', async () => (await projectors[0]?.behind())?.messages === 0)
    await until('both act', () => projectors.every(projector => projector.position().phase === 'acting'))
    expect(await figures()).to.have.members([
      'projector_lag_messages{stream="ORDERS"} 0',
      'projector_lag_messages{stream="ENTITIES"} 0',
      'projector_lag_seconds{stream="ORDERS"} 0',
      'projector_lag_seconds{stream="ENTITIES"} 0',
      'projector_records_total{stream="ORDERS"} 2',
      'projector_records_total{stream="ENTITIES"} 0',
      'projector_poison_total{stream="ORDERS"} 1',
      'projector_poison_total{stream="ENTITIES"} 0',
    ])
    await Promise.all(projectors.map(projector => projector.stop()))
    await appendAll(log, story({ id: 'o_2' }))
    nowMs += 7_000
    expect((await figures()).filter(line => line.includes('ORDERS'))).to.include.members([
      'projector_lag_messages{stream="ORDERS"} 2',
      'projector_lag_seconds{stream="ORDERS"} 7',
    ])
  })

  it('leave the lag to the one who acts', async () => {
    await using model = await ReadModel.open('figures')
    const log = ordersLog()
    const acting = new Projector({ log, write: new OrderWriter(model.orm), now: () => NOON, logger: silent })
    await acting.ready
    const waiting = new Projector({ log, write: new OrderWriter(model.orm), now: () => NOON, logger: silent })
    await waiting.ready
    const registry = new Registry()
    measureProjectors([waiting], registry)
    expect(await registry.metrics()).to.include('projector_records_total{stream="ORDERS"} 0')
    expect(await registry.metrics()).not.to.include('projector_lag_messages{')
    await waiting.stop()
    await acting.stop()
  })
})
