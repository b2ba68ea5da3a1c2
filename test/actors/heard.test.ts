import { expect } from 'chai'
import type { Stored } from '../../actors/log.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { until } from '../harness/house.ts'
import { startNats } from '../harness/nats.ts'
import { KETTLE_STREAMS } from './kettle.ts'

describe('what is heard live on NATS', () => {
  let server: Awaited<ReturnType<typeof startNats>>
  let nats: Nats
  before(async () => {
    server = await startNats()
    nats = await connectNats({ url: server.url, name: 'heard', streams: KETTLE_STREAMS })
    await nats.ensureStreams()
  })
  after(async () => {
    await nats.close()
    await server[Symbol.asyncDispose]()
  })

  it('is read once for all who hear it, and each message for itself', async () => {
    const heard: Record<string, Stored<{ n: number; word: string }>[]> = { narrow: [], wide: [] }
    const listen = (name: string, subject: string) =>
      nats.log.live<{ n: number; word: string }>(subject, stored => heard[name]?.push(stored))
    const listening = [await listen('narrow', 'evt.kettle.1.k_1._'), await listen('wide', 'evt.kettle.>')]
    // The same words twice, and in between what no stream keeps: a text that looks like headers does not mislead.
    for (let n = 1; n <= 200; n++)
      await nats.log.put('evt.kettle.1.k_1._', { n: n % 2, word: '뜨거운 물\r\n\r\nNATS/1.0\r\nNats-Sequence: 7\r\n\r\n' })
    nats.announce('live.evt.kettle.1.k_1._', { n: 0, word: 'nobody has stored this' })
    await until('both have heard it all', () => heard.narrow?.length === 200 && heard.wide?.length === 200)
    for (const [i, stored] of (heard.wide ?? []).entries()) {
      expect(stored).to.equal(heard.narrow?.[i])
      expect(stored).to.deep.include({ subject: 'evt.kettle.1.k_1._', seq: i + 1 })
      expect(stored.body.n).to.equal((i + 1) % 2)
      expect(Math.abs(Date.parse(stored.at) - Date.now())).to.be.below(60_000)
    }
    for (const each of listening) await each.stop()
  })

  it('finds nothing where nothing is, however many ask at once for what is there', async () => {
    await nats.log.put('evt.kettle.1.k_2._', { n: 2 })
    const asked = await Promise.all(
      Array.from({ length: 300 }, (_, i) => nats.log.oldest(i % 2 === 0 ? 'evt.kettle.1.k_2._' : 'evt.kettle.1.k_3._')),
    )
    expect(asked.map(found => found?.subject)).to.deep.equal(asked.map((_, i) => (i % 2 === 0 ? 'evt.kettle.1.k_2._' : undefined)))
    expect(await nats.log.latest({ kind: 'kettle', id: 'k_nobody' })).to.equal(undefined)
  })
})
