import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import { ensureStreams } from '../../actors/nats/streams.ts'
import { STREAMS } from '../../config/streams.ts'
import { startNats } from '../harness/nats.ts'

describe('the streams', () => {
  it('are made as declared, left alone when they are so, and brought to a new declaration', async () => {
    await using server = await startNats()
    const nc = await connect({ servers: server.url })
    const jsm = await jetstreamManager(nc)
    const changes: string[] = []
    nc.subscribe('$JS.EVENT.ADVISORY.STREAM.*.>', {
      callback: (_error, { subject }) => void changes.push(subject.split('.').slice(4).join(' ')),
    })
    await ensureStreams(jsm, STREAMS)
    await ensureStreams(jsm, STREAMS)
    const [first, ...others] = STREAMS
    if (!first) throw new Error('no streams')
    await ensureStreams(jsm, [{ ...first, max_age: 5 * 86_400 * 1e9 }, ...others])
    await nc.flush()
    expect(changes).to.deep.equal([...STREAMS.map(({ name }) => `CREATED ${name}`), `UPDATED ${first.name}`])
    expect((await jsm.streams.info(first.name)).config.max_age).to.equal(5 * 86_400 * 1e9)
    await nc.close()
  })
})
