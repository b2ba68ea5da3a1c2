import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Collected, Collector } from '../harness/collector.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'

describe('the traces of a whole house', function () {
  this.timeout(120_000)
  let collector: Collector
  let house: TestHouse
  let customer: Somebody
  let store: Somebody
  before(async () => {
    collector = await Collector.open()
    house = await startHouse({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_TRACES_SAMPLER_ARG: '1' })
    ;[customer, store] = await Promise.all([
      Somebody.signIn(house.house.url, 'customer', 'customer-1'),
      Somebody.signIn(house.house.url, 'store', 'store-1'),
    ])
  })
  after(async () => {
    await customer?.[Symbol.asyncDispose]()
    await store?.[Symbol.asyncDispose]()
    await house?.[Symbol.asyncDispose]()
    await collector?.[Symbol.asyncDispose]()
  })

  const wayTo = (span: Collected | undefined): string[] => {
    const parent = span?.parentSpanId && collector.of(span.traceId).find(({ spanId }) => spanId === span.parentSpanId)
    return span ? [...(parent ? wayTo(parent) : []), `${span.service}: ${span.name}`] : []
  }
  /** Every way of a trace that leads to such a span. */
  const waysTo = (traceId: string, service: string, name: string): string[][] =>
    collector
      .of(traceId)
      .filter(span => span.service === service && span.name === name)
      .map(wayTo)

  it('show one paid order whole, from the tap to the pushes', async () => {
    await Promise.all([customer.listen(), store.listen()])
    const { id, status } = await customer.place('traced')
    expect(status).to.equal('placed')
    const request = () =>
      collector.spans.find(({ name, attributes }) => name === 'POST /api/orders' && attributes['http.response.status_code'] === 201)
    const traceId = () => request()?.traceId ?? ''
    await until(
      'the pushes of both records, and the message, have come',
      () =>
        ['ask order.confirmPayment.done', 'toss confirm', 'solapi send'].every(name =>
          collector.of(traceId()).some(span => span.name === name),
        ) && waysTo(traceId(), 'gateway', 'push order').length === 2,
    )
    const door = ['gateway: POST /api/orders', 'gateway: ask order.place', 'actors: decide order.place', 'actors: commit']
    const effect = [...door, 'payments: effect confirmPayment']
    const result = [...effect, 'payments: ask order.confirmPayment.done', 'actors: decide order.confirmPayment.done', 'actors: commit']
    expect(waysTo(traceId(), 'payments', 'toss confirm')).to.deep.equal([[...effect, 'payments: toss confirm']])
    expect(waysTo(traceId(), 'gateway', 'push order')).to.have.deep.members([
      [...door, 'gateway: push order'],
      [...result, 'gateway: push order'],
    ])
    expect(waysTo(traceId(), 'notifier', 'solapi send')).to.deep.equal([[...result, 'notifier: notify', 'notifier: solapi send']])
    const named = (name: string) => collector.of(traceId()).find(span => span.name === name)
    expect(named('ask order.place')?.attributes).to.include({
      'actor.id': id,
      'correlation.id': request()?.attributes['correlation.id'] ?? '',
    })
    expect(named('toss confirm')?.attributes).to.include({ 'order.id': id, outcome: 'approved', attempt: 1 })
    const pushes = collector.of(traceId()).filter(({ name }) => name === 'push order')
    expect(pushes.map(({ attributes: { version, sockets } }) => [version, sockets])).to.have.deep.members([
      [1, 1], // a store is told of what is paid
      [2, 2],
    ])
    expect(collector.of(traceId()).filter(({ failed }) => failed)).to.deep.equal([])
    const lines = await readFile(join(house.house.dir.logs, 'payments.log'), 'utf8')
    expect(lines.split('\n').find(line => line.includes('"call":"confirm"') && line.includes(id))).to.include(`"traceId":"${traceId()}"`)
    expect(JSON.stringify(collector.of(traceId()))).not.to.match(/\b010-?\d{4}-?\d{4}\b|테헤란로|pk_test/) // ids, and nothing else of a person's; some digits of an id may look like half a telephone
  })

  it('show what a tap on a socket leads to', async () => {
    const { id } = await customer.place('accepted')
    const live = await store.listen()
    expect(await live.command({ name: 'accept', orderId: id, prepMinutes: 10 })).to.include({ ok: true })
    const pushed = () =>
      collector.spans.find(({ name, attributes }) => name === 'push order' && attributes['actor.id'] === id && attributes.version === 3)
    await until('the push has come', () => pushed() !== undefined && wayTo(pushed()).length === 5)
    expect(wayTo(pushed())).to.deep.equal([
      'gateway: socket command',
      'gateway: ask order.accept',
      'actors: decide order.accept',
      'actors: commit',
      'gateway: push order',
    ])
  })

  it('hold nobody up when the collector hangs', async () => {
    collector.mode = 'hangs'
    const before = collector.requests
    const place = async (key: string) => expect((await customer.place(key)).status).to.equal('placed')
    for (let i = 0; i < 10; i++) await place(`hanging-${i}`)
    await until('it is asked, and says nothing', () => collector.requests > before)
    await place('hanging on')
    collector.mode = 'takes'
  })
})
