import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { until } from '../harness/house.ts'
import { startNats } from '../harness/nats.ts'

const SUBJECT = 'out.delivery.cell'

describe('a reader that follows a stream', function () {
  this.timeout(40_000)

  // The client's own recovery asks the new consumer for as many messages as it had read of the old one, and then for nothing until
  // two heartbeats are missed, 30 s later: a burst after a restart stood still in its middle.
  it('reads on without a pause when its server was killed, however much comes then, and nothing twice', async () => {
    await using server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'test', streams: STREAMS })
    await nats.ensureStreams()
    const stopping = new AbortController()
    const seqs: number[] = []
    const reading = (async () => {
      for await (const batch of nats.log.follow('ORDERS', [`${SUBJECT}.>`], 0, stopping.signal)) seqs.push(...batch.map(({ seq }) => seq))
    })()
    let written = 0
    const write = (count: number) =>
      Promise.all(Array.from({ length: count }, () => nats.log.put(`${SUBJECT}.o_${++written}`, { number: written })))
    const isRead = async () => seqs.at(-1) === (await nats.log.end('ORDERS'))
    const takesWrites = () =>
      write(1).then(
        () => true,
        () => false,
      )

    await write(100)
    await until('what came before is read', isRead)
    const { pid = 0 } = server
    process.kill(pid, 'SIGKILL')
    await until('another server is there', () => server.pid !== undefined && server.pid !== pid)
    await until('it takes writes', takesWrites)
    await write(900)
    await until('what came after is read', isRead, 10_000)
    expect(seqs).to.deep.equal([...new Set(seqs)].sort((a, b) => a - b))
    stopping.abort()
    await reading
    await nats.close()
  })
})
