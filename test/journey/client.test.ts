import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { Cable } from '../../bench/chaos/cable.ts'
import { OfflineQueue } from '../../clients/shared/offline-queue.ts'
import type { TimelineEntry } from '../../server/contract/order-view-schema.ts'
import { until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('the client library in a whole house', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let customer: Somebody
  let store: Somebody

  before(async () => {
    const { url } = shared.house
    ;[customer, store] = await Promise.all([Somebody.signIn(url, 'customer', 'customer-3'), Somebody.signIn(url, 'store', 'store-1')])
  })
  after(async () => {
    for (const who of [customer, store]) await who?.[Symbol.asyncDispose]()
  })

  it('plays the demo to its end', async () => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'bench/demo.ts'), '--url', shared.house.url])
    expect(stdout).to.match(/ok +the delivered order was charged once and kept/)
    expect(stdout).to.match(/pushes, from act to eye: median \d+ ms/)
  })

  it('keeps what a kitchen taps without a line, across the death of the gateway, and each is in the timeline once', async () => {
    await using cable = await Cable.open()
    cable.upstream = Number(new URL(shared.house.url).port)
    const [kept, canceled] = [await customer.place('offline-1'), await customer.place('offline-2')]
    const live = await store.listen(`http://127.0.0.1:${cable.port}`)
    const queue = new OfflineQueue({ live })
    const why: string[] = []
    queue.onRefused(({ command, refusal }) => why.push(`${command.name} ${refusal.code} ${refusal.details?.status}`))

    cable.set('cut')
    await until('the line is lost', () => !live.connected)
    for (const { id: orderId } of [kept, canceled]) {
      queue.add({ name: 'seen', orderId })
      queue.add({ name: 'accept', orderId, prepMinutes: 10 })
    }
    queue.add({ name: 'startCooking', orderId: kept.id })
    await customer.act(canceled.id, 'cancel')
    shared.house.kill('web', 'SIGKILL')
    await shared.house.ready()
    expect(queue.waiting.map(({ state }) => state)).to.deep.equal(Array(5).fill('waiting'))
    cable.set('open')
    await until('all are answered', () => queue.waiting.length === 0)
    queue.close()

    expect(why).to.deep.equal(['accept ORDER_REFUSED canceled'])
    let taps: string[] = []
    await until('the timeline has it cooking', async () => {
      const timeline = await customer.call<TimelineEntry[]>(`/api/orders/${kept.id}/timeline`)
      taps = timeline.map(({ event }) => event).filter(event => ['seen', 'accept', 'startCooking'].includes(event))
      return taps.includes('startCooking')
    })
    expect(taps).to.deep.equal(['seen', 'accept', 'startCooking'])
    expect(live.orders.get(kept.id)?.status).to.equal('cooking')
    expect(Math.abs(live.serverNow() - Date.now())).to.be.below(live.clock.withinMs + 50)
  })
})
