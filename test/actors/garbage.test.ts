import { connect, type NatsConnection } from '@nats-io/transport-node'
import { expect } from 'chai'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { evtSubject } from '../../actors/subjects.ts'
import { until } from '../harness/house.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { KETTLE_STREAMS } from './kettle.ts'

const KETTLE = { kind: 'kettle', id: 'k_garbage' }

describe('a message that is no JSON', () => {
  let server: TestNats
  let nats: Nats
  let stranger: NatsConnection
  before(async () => {
    server = await startNats()
    nats = await connectNats({ url: server.url, name: 'garbage test', streams: KETTLE_STREAMS })
    await nats.ensureStreams()
    stranger = await connect({ servers: server.url })
  })
  after(async () => {
    await stranger.close()
    await nats.close()
    await server[Symbol.asyncDispose]()
  })

  it('is answered as no command, and the host goes on', async () => {
    const served = await nats.wire.serve('kettle', [0, 1, 2], async () => ({
      kind: 'moved',
      version: 1,
      state: STATE,
      at: '2026-05-01T09:00:00.000Z',
    }))
    const answered = await stranger.request('cmd.kettle.1', '{"no', { timeout: 2_000 })
    expect(answered.json()).to.deep.include({ kind: 'failed', code: 'BAD_COMMAND', retry: false })
    expect((await stranger.request('cmd.kettle.1', '{}', { timeout: 2_000 })).json()).to.deep.include({ kind: 'moved' })
    await served.stop()
  })

  it('is not heard by listeners, nor is the connection lost over one who trips', async () => {
    const heard: unknown[] = []
    const listener = nats.hear('pos.>', (_subject, body) => {
      heard.push(body)
      if (heard.length === 1) throw new Error('tripped')
    })
    const subject = evtSubject(KETTLE, ['_'])
    const followed: unknown[] = []
    const live = await nats.log.live(subject, ({ body }) => followed.push(body))
    stranger.publish('pos.here.r1', 'nowhere')
    for (const lat of [1, 2]) stranger.publish('pos.here.r1', JSON.stringify({ lat }))
    await stranger.request(subject, 'garbage', { timeout: 2_000 })
    await stranger.request(subject, '{"fine":true}', { timeout: 2_000 })
    await until('all was heard', () => heard.length === 2 && followed.length === 1)
    expect([heard, followed]).to.deep.equal([[{ lat: 1 }, { lat: 2 }], [{ fine: true }]])
    expect(nats.connected).to.equal(true)
    listener.stop()
    await live.stop()
  })
})

const STATE = { value: 'cold', context: {}, status: 'active' } as const
