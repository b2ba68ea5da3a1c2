import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { shardOf } from '../../actors/shards.ts'
import { STREAMS } from '../../config/streams.ts'
import { startNats } from '../harness/nats.ts'
import { logContract } from './log.contract.ts'

logContract('memory', async () => {
  const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
  return {
    log: new MemoryLog({ clock, streams: STREAMS }),
    now: () => clock.now(),
    pass: async ms => clock.advance(ms),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

logContract('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'log contract', streams: STREAMS })
  await nats.ensureStreams()
  return {
    log: nats.log,
    now: () => Date.now(),
    pass: async () => undefined, // the server's own clock passes while we wait for the condition
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})

describe('the log on JetStream', () => {
  it('gives the newest of every subject also when they are large, and the whole history of one', async () => {
    await using server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'large', streams: STREAMS })
    await nats.ensureStreams()
    // 75 MB: the server drops a client that has 64 MB to come.
    const page = 'x'.repeat(500_000)
    for (let i = 0; i < 150; i++) await nats.log.put(`evt.menu.${i % 64}.large-${i}._`, { page })
    let found = 0
    for await (const { body } of nats.log.newest<{ page: string }>('evt.menu.>')) found += body.page.length === page.length ? 1 : 0
    expect(found).to.equal(150)
    const one = { kind: 'menu', id: 'large-0' }
    for (let i = 0; i < 63; i++) await nats.log.put(`evt.menu.${shardOf(one.id)}.${one.id}._`, { page })
    expect((await nats.log.history(one)).length).to.be.within(63, 64)
    await nats.close()
  })
})
