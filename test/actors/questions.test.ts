import { expect } from 'chai'
import type { Command, Reply } from '../../actors/envelope.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { startNats } from '../harness/nats.ts'
import { KETTLE_STREAMS } from './kettle.ts'

const command = (id: string): Command => ({
  commandId: id,
  address: { kind: 'kettle', id },
  event: { type: 'pour' },
  by: { role: 'ops', id: 'cook' },
  at: '2026-01-01T00:00:00.000Z',
})
const ALL = Array.from({ length: 64 }, (_, shard) => shard)

describe('questions on the wire', () => {
  let server: Awaited<ReturnType<typeof startNats>>
  let nats: Nats
  before(async () => {
    server = await startNats()
    nats = await connectNats({ url: server.url, name: 'questions', streams: KETTLE_STREAMS })
  })
  after(async () => {
    await nats.close()
    await server[Symbol.asyncDispose]()
  })

  it('know at once that nobody listens', async () => {
    expect(await nats.wire.ask(command('lonely'), 10_000)).to.deep.equal({ kind: 'nobody' })
  })

  it('get each its own answer, a thousand at a time', async () => {
    const echo = async ({ commandId }: Command): Promise<Reply> => ({ kind: 'refused', code: commandId, version: 0 })
    const serving = await nats.wire.serve('kettle', ALL, echo)
    const ids = Array.from({ length: 1_000 }, (_, i) => `k_${i}`)
    const answers = await Promise.all(ids.map(id => nats.wire.ask(command(id), 10_000)))
    expect(answers).to.deep.equal(ids.map(code => ({ kind: 'answered', reply: { kind: 'refused', code, version: 0 } })))
    await serving.stop()
  })

  it('end in silence when the answer takes too long, and the late answer harms nobody', async () => {
    const late = Promise.withResolvers<Reply>()
    const serving = await nats.wire.serve('kettle', ALL, () => late.promise)
    expect(await nats.wire.ask(command('slow'), 50)).to.deep.equal({ kind: 'silent' })
    late.resolve({ kind: 'refused', code: 'LATE', version: 0 })
    await serving.stop()
    expect(await nats.wire.ask(command('slow'), 10_000)).to.deep.equal({ kind: 'nobody' })
  })

  it('end in silence when they are too big to be sent', async () => {
    const serving = await nats.wire.serve('kettle', ALL, async () => ({ kind: 'refused', code: 'NEVER', version: 0 }))
    expect(await nats.wire.ask({ ...command('big'), event: { type: 'pour', litres: 'x'.repeat(2_000_000) } }, 10_000)).to.deep.equal({
      kind: 'silent',
    })
    await serving.stop()
  })
})
