import { expect } from 'chai'
import { orderRegions } from '../../actors/kinds/order.ts'
import { until } from '../harness/house.ts'
import { NotifierHouse } from './notifier-house.ts'

const CONCURRENCY = 4

describe('a message provider that hangs', () => {
  it('holds up its own messages and no order: all hands of the notifier wait, and every order lives to its end', async () => {
    await using house = await NotifierHouse.open()
    house.solapi = house.client({ timeoutMs: 60_000 })
    await house.faults({ hangRate: 1 })
    const notifier = await house.notify({ concurrency: CONCURRENCY })
    const first = Array.from({ length: CONCURRENCY }, (_, i) => `order-first-${i}`)
    for (const id of first) await house.placed(id)
    const sending = async () =>
      (await Promise.all(first.map(id => house.book.messagesOf(id)))).flat().filter(({ status }) => status === 'sending')
    await until('every hand waits for the provider', async () => (await sending()).length === CONCURRENCY)

    const ids = Array.from({ length: 50 }, (_, i) => `order-${i}`)
    await Promise.all(
      ids.map(async id => {
        await house.placed(id)
        await house.delivered(id)
        await house.orders.tell(id, { type: 'confirm' })
      }),
    )
    const ends = await Promise.all(ids.map(async id => (await house.orders.log.latest({ kind: 'order', id }))?.body.state))
    expect(ends.map(state => state && orderRegions(state).order)).to.deep.equal(ids.map(() => 'confirmed'))
    expect((await sending()).length, 'the provider has not answered meanwhile').to.equal(CONCURRENCY)
    expect(house.said.lines.filter(line => line.includes('customer told'))).to.deep.equal([])
    await house.kakao.stop() // cuts what hangs
    await notifier.stop()
  })
})
