import { expect } from 'chai'
import { Registry } from 'prom-client'
import { ActorMetrics } from '../../server/metrics/actors.ts'
import { measured } from '../../server/metrics/commands.ts'
import { RequestMetrics } from '../../server/metrics/requests.ts'
import { type GatewayHouse, openGateway } from '../http/gateway-house.ts'
import { strangersIn } from './known-values.ts'
import { readScrape, sum, valuesOf } from './scrape.ts'

const CUSTOMER = { role: 'customer', id: 'customer-1' } as const

describe('what a label may say', () => {
  let house: GatewayHouse
  before(async () => {
    house = await openGateway()
  })
  after(() => house[Symbol.asyncDispose]())

  it('is a route and never a path, whatever is asked for', async () => {
    const { id } = (await house.place()).body
    for (const path of [
      `/api/orders/${id}`,
      '/api/orders/o_1',
      '/api/orders/o_2',
      '/api/stores/store-1',
      '/api/nothing/here',
      '/%ff',
      '/healthz',
    ])
      await house.call('GET', path, { as: CUSTOMER })
    for (const path of [`/api/orders/${id}/cancel`, '/api/orders/o_3/cancel', '/api/orders/o_4/accept', '/api/orders', '/wp-login.php'])
      await house.call('POST', path, { as: CUSTOMER, body: {} })
    for (const method of ['PATCH', 'PROPFIND', 'REPORT']) await house.call(method, `/api/orders/${id}`, { as: CUSTOMER })
    const seen = readScrape(await house.registry.metrics())
    expect(strangersIn(seen.samples)).to.deep.equal([])
    expect(valuesOf(seen, 'route')).to.include.members(['/api/orders', '/api/orders/:id', '/api/orders/:id/cancel', '/healthz', 'none'])
    expect(sum(seen, 'http_requests_total', { method: 'GET', route: '/api/orders/:id', status: '404' })).to.equal(2)
    expect(sum(seen, 'http_requests_total', { method: 'other', status: '405' })).to.equal(3)
    expect(sum(seen, 'http_requests_total')).to.equal(sum(seen, 'http_request_duration_seconds_count'))
  })

  it('is a command and how it ended, at either door', async () => {
    const registry = new Registry()
    let nowMs = 0
    const commands = measured(house.commands, new RequestMetrics(registry), () => nowMs++ * 40)
    const body = { storeId: 'store-1', items: [{ menuId: 'm-1', quantity: 1 }], deliverTo: { address: '서울', lat: 37.5, lng: 127.03 } }
    const { view } = await commands.execute(CUSTOMER, { name: 'place', idempotencyKey: 'once', body })
    for (const orderId of [view.id, 'o_5', 'o_6'])
      await commands.execute({ role: 'store', id: 'store-9' }, { name: 'accept', orderId, body: { prepMinutes: 5 } }).catch(() => undefined)
    const seen = readScrape(await registry.metrics())
    expect(strangersIn(seen.samples)).to.deep.equal([])
    expect(sum(seen, 'commands_total', { command: 'place', code: 'ok' })).to.equal(1)
    expect(sum(seen, 'commands_total', { command: 'accept', code: 'ORDER_NOT_FOUND' })).to.equal(2)
    expect(sum(seen, 'commands_total', { command: 'accept', code: 'FORBIDDEN' })).to.equal(1)
    expect(sum(seen, 'command_duration_seconds_bucket', { command: 'place', le: '0.025' })).to.equal(0)
    expect(sum(seen, 'command_duration_seconds_bucket', { command: 'place', le: '0.05' })).to.equal(1)
  })

  it('is an event that the order machine of this release knows, or other', async () => {
    const registry = new Registry()
    const metrics = new ActorMetrics(registry)
    metrics.measure(house.host)
    const by = { role: 'system', id: 'test' } as const
    const moved = { kind: 'moved', version: 2, at: '', state: { value: 'x', context: {}, status: 'active' } } as const
    const tell = (type: string, reply: Parameters<typeof metrics.onReply>[1], kind = 'order') =>
      metrics.onReply({ commandId: 'c-1', address: { kind, id: 'o_1' }, event: { type }, by, at: '' }, reply)
    tell('xstate.after.acceptWindow.order.order.placed', moved)
    tell('accept', moved)
    tell('accept', { ...moved, repeated: true })
    tell('of-a-newer-release', moved)
    tell('goOnline', moved, 'rider')
    tell('accept', { kind: 'refused', code: 'ORDER_REFUSED', version: 2 })
    const seen = readScrape(await registry.metrics())
    expect(strangersIn(seen.samples)).to.deep.equal([])
    const events = seen.samples.filter(({ name }) => name === 'order_events_total').map(({ labels, value }) => [labels.event, value])
    expect(events).to.deep.equal([
      ['acceptWindow.elapsed', 1],
      ['accept', 1],
      ['other', 1],
    ])
    expect(sum(seen, 'actor_commands_total', { kind: 'order', outcome: 'moved' })).to.equal(3)
    expect(sum(seen, 'actor_commands_total', { outcome: 'repeated' })).to.equal(1)
    expect(sum(seen, 'actor_commands_total', { outcome: 'ORDER_REFUSED' })).to.equal(1)
  })

  it('of a stranger is found out', () => {
    const text = 'http_requests_total{method="GET",route="/api/orders/o_81",status="200"} 1\n'
    expect(strangersIn(readScrape(text).samples)).to.deep.equal(['http_requests_total route="/api/orders/o_81"'])
  })
})
