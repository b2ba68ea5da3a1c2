import { connect, type NatsConnection } from '@nats-io/transport-node'
import { expect } from 'chai'
import { MemoryServices } from '../../actors/memory/services.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { servicesContract } from './services.contract.ts'

servicesContract('memory', async () => ({ services: new MemoryServices(), [Symbol.asyncDispose]: async () => undefined }))

servicesContract('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'services', streams: STREAMS })
  return {
    services: nats.services,
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})

describe('services on NATS', () => {
  let server: TestNats
  let nats: Nats
  let nc: NatsConnection
  before(async () => {
    server = await startNats()
    nats = await connectNats({ url: server.url, name: 'services', streams: STREAMS })
    nc = await connect({ servers: server.url })
  })
  after(async () => {
    await nc.close()
    await nats.close()
    await server[Symbol.asyncDispose]()
  })

  const kitchen = (id: string) =>
    nats.services.serve({
      name: 'kitchen',
      id,
      version: '1.2.3',
      description: 'cooks',
      metadata: { machine: 'm-1' },
      now: Date.now,
      endpoints: [
        {
          name: 'cook',
          subject: 'kitchen.cook',
          metadata: { request_schema: '{}' },
          handler: async text =>
            text === '' ? { kind: 'answer', body: {} } : { kind: 'refused', status: 422, code: 'INVALID', body: { error: 'x' } },
        },
      ],
    })
  const asked = async (subject: string) => (await nc.request(subject, '', { timeout: 5_000 })).json<Record<string, unknown>>()

  it('are found, described and counted as ADR-32 has it', async () => {
    const running = await kitchen('k-1')
    const self = { name: 'kitchen', id: 'k-1', version: '1.2.3', metadata: { machine: 'm-1' } }
    for (const to of ['', '.kitchen', '.kitchen.k-1'])
      expect(await asked(`$SRV.PING${to}`)).to.deep.equal({ type: 'io.nats.micro.v1.ping_response', ...self })
    const cook = { name: 'cook', subject: 'kitchen.cook', queue_group: 'q' }
    expect(await asked('$SRV.INFO.kitchen')).to.deep.equal({
      type: 'io.nats.micro.v1.info_response',
      ...self,
      description: 'cooks',
      endpoints: [{ ...cook, metadata: { request_schema: '{}' } }],
    })
    await asked('kitchen.cook')
    await nc.request('kitchen.cook', 'x', { timeout: 5_000 })
    const stats = await asked('$SRV.STATS.kitchen.k-1')
    expect(stats).to.include({ type: 'io.nats.micro.v1.stats_response', id: 'k-1' })
    expect(Date.parse(String(stats.started))).to.be.closeTo(Date.now(), 60_000)
    const [of] = stats.endpoints as Record<string, unknown>[]
    expect(of).to.deep.include({ ...cook, num_requests: 2, num_errors: 1, last_error: '422:INVALID' })
    await running.stop()
  })

  it('say a refusal in two headers', async () => {
    const running = await kitchen('k-1')
    const { headers } = await nc.request('kitchen.cook', 'x', { timeout: 5_000 })
    expect([headers?.get('Nats-Service-Error'), headers?.get('Nats-Service-Error-Code')]).to.deep.equal(['INVALID', '422'])
    await running.stop()
  })

  it('answer each question once, however many serve it', async () => {
    const running = [await kitchen('k-1'), await kitchen('k-2')]
    const answers: unknown[] = []
    const inbox = nc.subscribe('answers', { callback: (_error, message) => void answers.push(message.json()) })
    nc.publish('kitchen.cook', '', { reply: 'answers' })
    nc.publish('$SRV.PING.kitchen', '', { reply: 'answers' })
    for (let i = 0; i < 3; i++) await nc.request('kitchen.cook', '', { timeout: 5_000 }) // behind them
    await nc.flush()
    expect(answers, 'one answer of the endpoint, and a ping of each').to.have.length(3)
    inbox.unsubscribe()
    for (const each of running) await each.stop()
  })
})
