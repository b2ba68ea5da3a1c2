import { expect } from 'chai'
import { MemoryCounter } from '../../actors/memory/counter.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { startNats } from '../harness/nats.ts'
import { counterContract } from './counter.contract.ts'

counterContract('memory', async () => {
  const counter = new MemoryCounter()
  return { another: async () => counter, [Symbol.asyncDispose]: async () => undefined }
})

counterContract('nats', async () => {
  const server = await startNats()
  const open: Nats[] = []
  const connection = async (): Promise<Nats> => {
    const nats = await connectNats({ url: server.url, name: 'counter contract', streams: STREAMS })
    open.push(nats)
    return nats
  }
  await (await connection()).ensureStreams()
  return {
    another: async () => (await connection()).counter('intake'),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(open.map(nats => nats.close()))
      await server[Symbol.asyncDispose]()
    },
  }
})

describe('a counter on JetStream', () => {
  it('says that it could not count, when the stream keeps no counters or nobody answers', async () => {
    await using server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'no counters', streams: [{ name: 'PLAIN', subjects: ['intake.>'] }] })
    const counting = () =>
      nats
        .counter('intake')
        .add('shop.1', 1)
        .then(String, (error: Error) => error.message)
    expect(await counting()).to.match(/no responders/i)
    await nats.ensureStreams()
    expect(await counting()).to.match(/^PLAIN did not count: message counter/)
    expect(() => nats.counter('elsewhere')).to.throw('no stream takes the counters elsewhere')
    await nats.close()
  })
})
