import { expect } from 'chai'
import { OtlpTracing, type TracingOptions } from '../../server/tracing/otlp-tracing.ts'
import { Collector } from '../harness/collector.ts'
import { until } from '../harness/house.ts'

const CALLER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
const callerOf = (flags: '00' | '01') => `00-${CALLER.traceId}-${CALLER.spanId}-${flags}`

describe('traces over OTLP', () => {
  let collector: Collector
  let lines: Record<string, unknown>[]
  const opened: OtlpTracing[] = []
  const open = (changes: Partial<TracingOptions> = {}): OtlpTracing => {
    const tracing = new OtlpTracing({
      endpoint: collector.endpoint,
      ratio: 1,
      followsCallers: false,
      service: { name: 'gateway', instance: 'here:1', version: '1' },
      now: Date.now,
      random: () => 0.5,
      logger: { warn: (line: object) => void lines.push({ ...line }) },
      everyMs: 20,
      ...changes,
    })
    opened.push(tracing)
    return tracing
  }
  beforeEach(async () => {
    lines = []
    collector = await Collector.open()
  })
  afterEach(async () => {
    await collector[Symbol.asyncDispose]()
    for (const tracing of opened.splice(0)) await tracing.stop()
  })

  it('arrive with their places, kinds, attributes and ends', async () => {
    const tracing = open()
    const door = tracing.enter({ name: 'POST', side: 'server' })
    const within = tracing.within(door?.trace ?? '', {
      name: 'ask order.pay',
      side: 'client',
      attributes: { 'actor.id': 'o_1', code: undefined },
    })
    const later = tracing.after(within?.trace ?? '', { name: 'timer', side: 'consumer' })
    within?.end({ attributes: { reply: 'NO_HOST' }, failed: 'NO_HOST' })
    later?.end()
    door?.end({ name: 'POST /api/orders/:id/pay', attributes: { 'http.response.status_code': 503 } })
    await until('they are there', () => collector.spans.length === 3)
    const [asked, timer, request] = ['ask order.pay', 'timer', 'POST /api/orders/:id/pay'].map(name =>
      collector.spans.find(span => span.name === name),
    )
    expect(request).to.deep.include({ service: 'gateway', kind: 2, failed: false, attributes: { 'http.response.status_code': 503 } })
    expect(request).not.to.have.property('parentSpanId')
    expect(asked).to.deep.include({
      traceId: request?.traceId,
      parentSpanId: request?.spanId,
      kind: 3,
      failed: true,
      attributes: { 'actor.id': 'o_1', reply: 'NO_HOST' },
    })
    expect(timer?.traceId).not.to.equal(asked?.traceId)
    expect(timer?.links.map(({ traceId, spanId }) => ({ traceId, spanId }))).to.deep.equal([
      { traceId: asked?.traceId, spanId: asked?.spanId },
    ])
  })

  it('are drawn at the door, one number each', () => {
    const numbers = [0.0099, 0.01, 0.5, 0.001]
    const tracing = open({ ratio: 0.01, random: () => numbers.shift() ?? 1 })
    expect([1, 2, 3, 4].map(() => tracing.enter({ name: 'door' }) !== undefined)).to.deep.equal([true, false, false, true])
    expect(open({ ratio: 0, random: () => 0 }).enter({ name: 'door' })).to.equal(undefined)
  })

  it('follow nobody from outside, unless a proxy of ours begins them', () => {
    expect(open().enter({ name: 'door' }, callerOf('01'))?.trace).not.to.include(CALLER.traceId)
    expect(open({ ratio: 0 }).enter({ name: 'door' }, callerOf('01'))).to.equal(undefined)
    expect(open({ ratio: 0, followsCallers: true }).enter({ name: 'door' }, callerOf('01'))?.trace).to.include(CALLER.traceId)
    expect(open({ followsCallers: true }).enter({ name: 'door' }, callerOf('00'))).to.equal(undefined)
    expect(open({ followsCallers: true }).enter({ name: 'door' }, 'hello')?.trace).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  })

  it('do not go on from what is no trace, or was not kept', () => {
    const tracing = open()
    for (const none of [
      '',
      'hello',
      callerOf('00'),
      `00-${'0'.repeat(32)}-${CALLER.spanId}-01`,
      `${callerOf('01')}\r\n`,
      `01-${CALLER.traceId}`,
    ]) {
      expect(tracing.within(none, { name: 'ask' }), none).to.equal(undefined)
      expect(tracing.after(none, { name: 'timer' }), none).to.equal(undefined)
    }
    expect(tracing.within(callerOf('01'), { name: 'ask' })).not.to.equal(undefined)
  })

  it('come again after a refusal', async () => {
    collector.mode = 'refuses'
    open().enter({ name: 'door' })?.end()
    await until('it was refused', () => collector.requests > 0)
    collector.mode = 'takes'
    await until('it is there', () => collector.spans.length === 1)
    expect(lines).to.deep.equal([])
  })

  it('are lost beyond what may wait, while a collector says nothing, and then come again', async () => {
    collector.mode = 'hangs'
    const tracing = open()
    for (let i = 0; i < 10_000; i++) tracing.enter({ name: `door ${i}` })?.end()
    await until('it was asked', () => collector.requests > 0)
    await until('we say so', () => lines.length === 1, 10_000)
    expect(lines[0]).to.include({ lost: 512 })
    collector.mode = 'takes'
    await until('what waited is there', () => collector.spans.length > 0)
    await tracing.stop()
    expect(collector.spans.length).to.be.within(1, 4_096)
    expect(lines).to.have.length(1)
  })

  it('keep nobody from leaving', async () => {
    collector.mode = 'hangs'
    const tracing = open()
    tracing.enter({ name: 'door' })?.end()
    const beganMs = performance.now()
    await tracing.stop()
    expect(performance.now() - beganMs).to.be.below(2_000)
  })

  it('are handed over before we leave', async () => {
    const tracing = open({ everyMs: 60_000 })
    tracing.enter({ name: 'door' })?.end()
    await tracing.stop()
    expect(collector.spans).to.have.length(1)
  })
})
