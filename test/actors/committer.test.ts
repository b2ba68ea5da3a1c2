import { expect } from 'chai'
import { type Committed, Committer } from '../../actors/committer.ts'
import { Host } from '../../actors/host.ts'
import type { Appended, Entry, Log } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { evtSubject } from '../../actors/subjects.ts'
import { systemClock } from '../harness/clock.ts'
import { startNats } from '../harness/nats.ts'
import { KETTLE_STREAMS, kettleKind } from './kettle.ts'

interface World extends AsyncDisposable {
  readonly log: Log
}

/** Group commit on either twin of the log. */
const committerStories = (name: string, open: () => Promise<World>): void => {
  describe(`the committer (${name})`, () => {
    let world: World
    let ids = 0
    before(async () => {
      world = await open()
    })
    after(() => world[Symbol.asyncDispose]())

    const entry = (more: Partial<Entry> = {}): Entry => {
      const address = { kind: 'kettle', id: `k_${name}_${++ids}` }
      return {
        stream: 'KETTLES',
        address,
        subject: evtSubject(address, ['_']),
        record: {
          v: 1,
          id: address.id,
          machine: 'kettle@1',
          version: 1,
          at: '2026-01-01T00:00:00.000Z',
          by: { role: 'ops', id: 'cook' },
          commandId: `c-${ids}`,
          event: { type: 'fill' },
          state: { value: 'cold', context: {}, status: 'active' },
          waits: { invokes: {}, timers: {} },
          replies: [],
        },
        expectedSeq: 0,
        messages: [],
        ...more,
      }
    }
    const out = { kind: 'out', subject: 'out.steam.kitchen', body: {} } as const
    const entries = (count: number): Entry[] => Array.from({ length: count }, () => entry())
    const version = async ({ address }: Entry) => (await world.log.latest(address))?.body.version
    const spied = () => {
      const sizes: number[] = []
      const append = (batch: readonly Entry[]): Promise<Appended> => {
        sizes.push(batch.length)
        return world.log.append(batch)
      }
      return { sizes, append }
    }

    it('writes a few side by side, and a crowd together', async () => {
      const log = spied()
      const committer = new Committer(log, { now: Date.now })
      await Promise.all(entries(3).map(one => committer.commit(one)))
      expect(log.sizes).to.deep.equal([1, 1, 1])
      const crowd = entries(300)
      const committed = await Promise.all(crowd.map(one => committer.commit(one)))
      expect(log.sizes.slice(3)).to.deep.equal([300])
      for (const [i, one] of crowd.entries()) {
        const seq = (await world.log.latest(one.address))?.seq
        expect(committed[i]).to.deep.equal({ kind: 'appended', seq, together: crowd.length })
      }
    })

    it('writes transitions with messages of their own together, be they ever so few', async () => {
      const log = spied()
      const committer = new Committer(log, { now: Date.now })
      const some = [entry({ messages: [out] }), entry(), entry({ messages: [out, out] })]
      expect((await Promise.all(some.map(one => committer.commit(one)))).map(({ kind }) => kind)).to.deep.equal(Array(3).fill('appended'))
      expect(log.sizes).to.deep.equal([3])
      for (const one of some) expect(await version(one)).to.equal(1)
    })

    it('begins small batches at a pace, and makes nobody wait who comes alone', async () => {
      const begunMs: number[] = []
      let nowMs = 0
      const append = (batch: readonly Entry[]): Promise<Appended> => {
        begunMs.push(performance.now())
        nowMs += 100 // that busy is the server
        return world.log.append(batch)
      }
      const committer = new Committer({ append }, { paceMs: 300, now: () => nowMs })
      const startMs = performance.now()
      for (let i = 0; i < 3; i++) await committer.commit(entry({ messages: [out] }))
      expect(performance.now() - startMs, 'three alone, one after the other').to.be.below(300)
      const again = async (): Promise<void> => {
        await committer.commit(entry())
        await committer.commit(entry())
      }
      await Promise.all(Array.from({ length: 20 }, again))
      expect(begunMs).to.have.length(5)
      expect((begunMs[4] ?? 0) - (begunMs[3] ?? 0), 'two crowds of twenty, a third of a full batch').to.be.above(100)
    })

    it('puts no more than 1,000 messages into a batch, those of effects and announcements too', async () => {
      const log = spied()
      const committer = new Committer(log, { now: Date.now })
      const committed = await Promise.all(Array.from({ length: 600 }, () => entry({ messages: [out] })).map(one => committer.commit(one)))
      expect(committed.every(({ kind }) => kind === 'appended')).to.equal(true)
      expect(log.sizes).to.deep.equal([500, 100])
    })

    it('lets one that somebody else has overtaken fail alone', async () => {
      const log = spied()
      const committer = new Committer(log, { now: Date.now })
      const crowd = entries(200)
      const stale = crowd[137] as Entry
      await world.log.append([stale])
      const committed = await Promise.all(crowd.map(one => committer.commit(one)))
      expect(committed.flatMap(({ kind }, i) => (kind === 'appended' ? [] : [[i, kind]]))).to.deep.equal([[137, 'conflict']])
      for (const one of crowd) expect(await version(one)).to.equal(1)
      expect(log.sizes.length, 'halving, not one by one').to.be.below(30)
    })

    for (const [what, poison] of [
      ['is no JSON', () => ({ record: { ...entry().record, event: { type: 'fill', litres: 1n } } })],
      ['belongs to no stream', () => ({ subject: `nowhere.${++ids}` })],
      ['announces where nobody listens', () => ({ messages: [{ kind: 'out', subject: `nowhere.${++ids}`, body: {} }] })],
    ] as readonly (readonly [string, () => Partial<Entry>])[]) {
      it(`lets one that ${what} fail alone, wherever it stands`, async () => {
        for (const place of [0, 9, 19]) {
          const committer = new Committer(world.log, { now: Date.now })
          const crowd = entries(20)
          crowd[place] = entry(poison())
          const committed = await Promise.all(crowd.map(one => committer.commit(one)))
          expect(committed.flatMap(({ kind }, i) => (kind === 'appended' ? [] : [[i, kind]]))).to.deep.equal([[place, 'unknown']])
          for (const [i, one] of crowd.entries()) expect(await version(one)).to.equal(i === place ? undefined : 1)
        }
      })
    }

    it('says at once that it is full, keeps what it took, and takes more when there is room', async () => {
      const gate = Promise.withResolvers<void>()
      const begun = Promise.withResolvers<void>()
      const append = async (batch: readonly Entry[]): Promise<Appended> => {
        begun.resolve()
        await gate.promise
        return await world.log.append(batch)
      }
      const committer = new Committer({ append }, { capacity: 5, now: Date.now })
      const first = committer.commit(entry())
      await begun.promise
      const answers: Committed[] = []
      const rest = entries(20).map(async one => answers.push(await committer.commit(one)))
      await Promise.all(rest.slice(5))
      expect(answers.map(({ kind }) => kind)).to.deep.equal(Array(15).fill('full'))
      gate.resolve()
      await Promise.all([first, ...rest])
      expect(answers.slice(15).map(({ kind }) => kind)).to.deep.equal(Array(5).fill('appended'))
      expect((await committer.commit(entry())).kind).to.equal('appended')
    })

    it('answers everyone when the log is away', async () => {
      const committer = new Committer({ append: () => Promise.reject(new Error('no log today')) }, { now: Date.now })
      const committed = await Promise.all(entries(50).map(one => committer.commit(one)))
      expect(committed).to.deep.equal(Array(50).fill({ kind: 'unknown', message: 'no log today' }))
    })

    it('keeps the order of each actor’s commands while many go together', async () => {
      const clock = name === 'memory' ? new HandClock(Date.parse('2026-01-01T00:00:00Z')) : systemClock
      const host = new Host({ log: world.log, wire: new MemoryWire(), clock, kinds: [kettleKind] })
      const tell = (id: string, type: string, n: number) =>
        host.handle({
          commandId: `${id}-${n}`,
          address: { kind: 'kettle', id },
          event: { type },
          by: { role: 'ops', id: 'cook' },
          at: '2026-01-01T00:00:00.000Z',
        })
      const kettles = Array.from({ length: 30 }, () => `k_${name}_${++ids}`)
      const replies = await Promise.all(kettles.flatMap(id => Array.from({ length: 12 }, (_, n) => tell(id, n === 0 ? 'fill' : 'pour', n))))
      expect(replies.every(({ kind }) => kind === 'moved')).to.equal(true)
      for (const id of kettles) {
        const history = await world.log.history({ kind: 'kettle', id })
        expect(history.map(({ body }) => body.commandId)).to.deep.equal(Array.from({ length: 12 }, (_, n) => `${id}-${n}`))
      }
      await host.drain()
    })
  })
}

committerStories('memory', async () => ({
  log: new MemoryLog({ clock: new HandClock(Date.parse('2026-01-01T00:00:00Z')), streams: KETTLE_STREAMS }),
  [Symbol.asyncDispose]: async () => undefined,
}))

committerStories('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'committer', streams: KETTLE_STREAMS })
  await nats.ensureStreams()
  return {
    log: nats.log,
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})
