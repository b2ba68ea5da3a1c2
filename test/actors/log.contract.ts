import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import type { Address } from '../../actors/address.ts'
import type { Entry, Log, Message, Settled, Stored, Subscription } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { dueSubject, evtSubject, fxSubject, inboxSubject, outSubject, timerSubject } from '../../actors/subjects.ts'

/** A log under test. `pass` lets time go by: by hand in memory, by waiting for the server's clock on JetStream. */
export interface LogUnderTest extends AsyncDisposable {
  readonly log: Log
  now(): number
  pass(ms: number): Promise<void>
}

/** One suite for every twin of the log: what it passes here, the runtime may rely on. */
export const logContract = (name: string, open: () => Promise<LogUnderTest>): void => {
  describe(`the log (${name})`, () => {
    let under: LogUnderTest
    let log: Log
    let ids = 0
    const fresh = (): Address => ({ kind: 'order', id: `o_${++ids}` })
    before(async () => {
      under = await open()
      log = under.log
    })
    after(() => under[Symbol.asyncDispose]())

    const until = async (what: string, met: () => boolean): Promise<void> => {
      const deadline = Date.now() + 20_000
      while (!met()) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
        await turn()
      }
    }

    const waitFor = async (what: string, met: () => Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + 20_000
      while (!(await met())) if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
    }

    it('gives back the newest record of an actor, and nothing for a stranger', async () => {
      const address = fresh()
      expect(await log.latest(address)).to.equal(undefined)
      await log.append([entry(address, 1, 0)])
      const first = await log.latest(address)
      await log.append([entry(address, 2, first?.seq ?? 0)])
      const second = await log.latest(address)
      expect([first?.body.version, second?.body.version]).to.deep.equal([1, 2])
      expect((await log.history(address)).map(({ body }) => body.version)).to.deep.equal([1, 2])
    })

    it('gives back a long life whole', async () => {
      const address = fresh()
      for (let version = 1; version <= 1_501; version += 500) {
        const seen = (await log.latest(address))?.seq ?? 0
        await log.append(Array.from({ length: 500 }, (_, i) => entry(address, version + i, seen)))
      }
      expect((await log.history(address)).map(({ body }) => body.version)).to.deep.equal(Array.from({ length: 2_000 }, (_, i) => i + 1))
    })

    it('tells how far each durable consumer of a stream is from its end', async () => {
      const hold = Promise.withResolvers<void>()
      const handler = async (): Promise<Settled> => {
        await hold.promise
        return { kind: 'done' }
      }
      const work = { stream: 'ORDERS', durable: 'distance', subjects: ['evt.order.*.o_distance.>'], concurrency: 1, ackWaitMs: 30_000 }
      const consumer = await log.consume({ ...work, handler })
      const address = { kind: 'order', id: 'o_distance' }
      for (let version = 1; version <= 3; version++) await log.append([entry(address, version, (await log.latest(address))?.seq ?? 0)])
      const of = async () => (await log.backlogs('ORDERS')).get('distance')
      await waitFor('one is in hand', async () => (await of())?.inHand === 1)
      const seen = await of()
      expect(seen).to.deep.include({ pending: 2, inHand: 1, endSeq: await log.end('ORDERS') })
      expect(await log.backlog('ORDERS', 'distance')).to.deep.equal(seen)
      hold.resolve()
      await waitFor('all are settled', async () => {
        const { pending, inHand } = (await of()) ?? {}
        return pending === 0 && inHand === 0
      })
      expect((await log.backlogs('INBOX')).has('distance')).to.equal(false)
      await consumer.stop()
    })

    it('refuses an entry whose writer saw an older record', async () => {
      const address = fresh()
      await log.append([entry(address, 1, 0)])
      const seen = (await log.latest(address))?.seq ?? 0
      await log.append([entry(address, 2, seen)])
      expect((await log.append([entry(address, 2, seen)])).kind).to.equal('conflict')
      expect((await log.latest(address))?.body.version).to.equal(2)
    })

    it('refuses to create what exists, whatever the route of the second', async () => {
      const address = fresh()
      await log.append([entry(address, 1, 0)])
      const elsewhere = { ...entry(address, 1, 0), subject: evtSubject(address, ['store-9', 'customer-9']) }
      expect((await log.append([elsewhere])).kind).to.equal('conflict')
      expect(await log.history(address)).to.have.length(1)
    })

    it('answers with the sequence of each record of a batch', async () => {
      const [a, b] = [fresh(), fresh()]
      const appended = await log.append([entry(a, 1, 0, [out(a)]), entry(b, 1, 0)])
      expect(appended.kind).to.equal('appended')
      const seqs = appended.kind === 'appended' ? appended.seqs : []
      expect(seqs).to.deep.equal([(await log.latest(a))?.seq, (await log.latest(b))?.seq])
    })

    it('writes a batch whole or not at all', async () => {
      const [good, stale] = [fresh(), fresh()]
      await log.append([entry(stale, 1, 0)])
      const end = await log.end('ORDERS')
      expect((await log.append([entry(good, 1, 0, [fx(good), out(good)]), entry(stale, 1, 0)])).kind).to.equal('conflict')
      expect(await log.latest(good)).to.equal(undefined)
      expect(await log.end('ORDERS')).to.equal(end)
    })

    it('takes a second record of an actor in the same batch without a guard of its own', async () => {
      const address = fresh()
      expect((await log.append([entry(address, 1, 0), entry(address, 2, 0)])).kind).to.equal('appended')
      expect((await log.latest(address))?.body.version).to.equal(2)
    })

    it('tells listeners what is written, in order, with its sequence', async () => {
      const address = fresh()
      const heard: Stored<ActorRecord>[] = []
      const subscription = await log.live<ActorRecord>(`evt.order.*.${address.id}.>`, message => heard.push(message))
      await log.append([entry(address, 1, 0)])
      await log.append([entry(address, 2, (await log.latest(address))?.seq ?? 0)])
      await until('both records heard', () => heard.length === 2)
      expect(heard.map(({ body }) => body.version)).to.deep.equal([1, 2])
      expect(heard[1]?.seq).to.equal((await log.latest(address))?.seq)
      await subscription.stop()
    })

    it('lists the newest message of each subject', async () => {
      const [a, b] = [fresh(), fresh()]
      const mine = `store-${a.id}`
      for (const address of [a, b]) await log.append([{ ...entry(address, 1, 0), subject: evtSubject(address, [mine, 'c']) }])
      const seq = (await log.latest(a))?.seq ?? 0
      await log.append([{ ...entry(a, 2, seq), subject: evtSubject(a, [mine, 'c']) }])
      const found: string[] = []
      for await (const { body } of log.newest<ActorRecord>(`evt.order.*.*.${mine}.*`)) found.push(`${body.id}@${body.version}`)
      expect(found.sort()).to.deep.equal([`${a.id}@2`, `${b.id}@1`].sort())
      for await (const message of log.newest('evt.order.*.*.nobody.*')) expect.fail(`found ${message.subject}`)
    })

    it('hands work to a durable consumer, again when asked to, until it is done', async () => {
      const address = fresh()
      const attempts: number[] = []
      const consumer = await log.consume({
        stream: 'ORDERS',
        durable: `test-${address.id}`,
        subjects: [`fx.*.order.*.${address.id}.>`],
        concurrency: 4,
        ackWaitMs: 10_000,
        handler: async (_message, attempt) => {
          attempts.push(attempt)
          return attempt < 3 ? { kind: 'retry', afterMs: 20 } : { kind: 'done' }
        },
      })
      await log.append([entry(address, 1, 0, [fx(address)])])
      await until('the first attempt', () => attempts.length === 1)
      await passing(under, 20, () => attempts.length === 2)
      await passing(under, 20, () => attempts.length === 3)
      await consumer.stop()
      expect(attempts).to.deep.equal([1, 2, 3])
    })

    it('takes a consumer’s work up again under another deadline, as a later release may set one', async () => {
      const address = fresh()
      const done: string[] = []
      const join = (ackWaitMs: number): Promise<Subscription> =>
        log.consume({
          stream: 'ORDERS',
          durable: `deadline-${address.id}`,
          subjects: [`fx.*.order.*.${address.id}.>`],
          concurrency: 1,
          ackWaitMs,
          handler: async ({ subject }) => {
            done.push(subject)
            return { kind: 'done' }
          },
        })
      await (await join(10_000)).stop()
      await log.append([entry(address, 1, 0, [fx(address)])])
      const again = await join(5_000)
      await until('the work is done', () => done.length === 1)
      await again.stop()
    })

    it('shows the oldest of a subject, and lets a work queue forget what is done', async () => {
      const [address, other] = [fresh(), fresh()]
      const subject = inboxSubject(address)
      expect(await log.oldest(subject)).to.equal(undefined)
      for (const step of [1, 2, 3]) await log.put(subject, { step })
      await log.put(inboxSubject(other), { step: 9 })
      const oldest = async () => (await log.oldest<{ step: number }>(subject))?.body.step
      expect(await oldest()).to.equal(1)
      const attempts: number[] = []
      const consumer = await log.consume<{ step: number }>({
        stream: 'INBOX',
        durable: 'queue',
        subjects: ['inbox.>'],
        concurrency: 4,
        ackWaitMs: 10_000,
        handler: async ({ body: { step } }, attempt) => {
          if (step === 2) attempts.push(attempt)
          return step === 1 || (step === 2 && attempt > 1) ? { kind: 'done' } : { kind: 'retry', afterMs: 20 }
        },
      })
      for (const left of [2, 3]) {
        while ((await oldest()) !== left) await under.pass(20)
      }
      await consumer.stop()
      expect(attempts).to.deep.equal([1, 2])
      const kept: number[] = []
      for await (const { body } of log.newest<{ step: number }>('inbox.order.>')) kept.push(body.step)
      expect(kept).to.deep.equal([3, 9])
    })

    it('keeps a durable consumer’s place while nobody is there, and never exceeds its concurrency', async () => {
      const address = fresh()
      const done: string[] = []
      let inHand = 0
      let most = 0
      const join = (): Promise<Subscription> =>
        log.consume({
          stream: 'ORDERS',
          durable: `place-${address.id}`,
          subjects: [`fx.*.order.*.${address.id}.>`],
          concurrency: 2,
          ackWaitMs: 10_000,
          handler: async ({ subject }) => {
            most = Math.max(most, ++inHand)
            await turn()
            inHand--
            done.push(subject)
            return { kind: 'done' }
          },
        })
      await (await join()).stop()
      const effects = Array.from({ length: 7 }, (_, i) => fx(address, `1-${i}`))
      await log.append([entry(address, 1, 0, effects)])
      const again = await join()
      await until('all work done', () => done.length === 7)
      await again.stop()
      expect(new Set(done).size).to.equal(7)
      expect(most).to.be.at.most(2)
    })

    it('follows a stream from a position, without gap or repeat', async () => {
      const address = fresh()
      const start = await log.end('ORDERS')
      await log.append([entry(address, 1, 0)])
      const stop = new AbortController()
      const versions: number[] = []
      const texts: string[] = []
      const reading = (async () => {
        for await (const batch of log.follow<ActorRecord>('ORDERS', ['evt.order.>'], start, stop.signal)) {
          versions.push(...batch.map(({ body }) => body.version))
          texts.push(...batch.map(({ text }) => text))
        }
      })()
      await until('the first record', () => versions.length === 1)
      for (let version = 2; version <= 5; version++) await log.append([entry(address, version, (await log.latest(address))?.seq ?? 0)])
      await until('all five', () => versions.length === 5)
      stop.abort()
      await reading
      expect(versions).to.deep.equal([1, 2, 3, 4, 5])
      expect(texts, 'letter by letter').to.deep.equal([1, 2, 3, 4, 5].map(version => JSON.stringify(entry(address, version, 0).record)))
    })

    it('lets go of a stream that is not read to its end', async () => {
      const address = fresh()
      const start = await log.end('ORDERS')
      await log.append(Array.from({ length: 900 }, (_, i) => entry(address, i + 1, 0)))
      await log.append(Array.from({ length: 900 }, (_, i) => entry(address, i + 901, start + 900)))
      let read = 0
      for await (const batch of log.follow('ORDERS', ['>'], start, new AbortController().signal)) {
        read += batch.length
        for (let asked = 0; asked < 20; asked++) await log.end('ORDERS') // meanwhile the next have come, and wait to be read
        break
      }
      expect(read).to.be.within(1, 1_799)
      const stop = new AbortController()
      for await (const batch of log.follow('ORDERS', ['>'], start, stop.signal)) {
        read += batch.length
        for (let asked = 0; asked < 20; asked++) await log.end('ORDERS')
        stop.abort()
      }
      expect(read).to.be.above(1)
    })

    it('reads a stretch of a stream, and ends', async () => {
      const address = fresh()
      const start = await log.end('ORDERS')
      for (let version = 1; version <= 1_201; version += 400) {
        const seen = (await log.latest(address))?.seq ?? 0
        await log.append(Array.from({ length: 400 }, (_, i) => entry(address, version + i, seen, [out(address)])))
      }
      const read = async (after: number, upTo: number): Promise<number[]> => {
        const versions: number[] = []
        for await (const batch of log.between<ActorRecord>('ORDERS', 'evt.>', after, upTo))
          versions.push(...batch.map(({ text }) => (JSON.parse(text) as ActorRecord).version))
        return versions
      }
      expect(await read(start, await log.end('ORDERS'))).to.deep.equal(Array.from({ length: 1_600 }, (_, i) => i + 1))
      expect(await read(start + 1, start + 5)).to.deep.equal([2, 3]) // each record has an announcement behind it
      expect(await read(start, start)).to.deep.equal([])
      expect(await read(start + 3_200, start + 9_999)).to.deep.equal([])
    })

    it('knows how far back a stream goes', async () => {
      const address = fresh()
      await log.append([entry(address, 1, 0)])
      expect(await log.first('ORDERS')).to.equal(1)
    })

    it('delivers a schedule when it is due, and not before', async () => {
      const address = fresh()
      const due: Stored<unknown>[] = []
      const subscription = await log.live(`due.order.*.${address.id}.>`, message => due.push(message))
      const at = new Date(under.now() + 1_500).toISOString()
      await log.append([entry(address, 1, 0, [timer(address, '1-0', at)])])
      expect(due).to.have.length(0)
      await passing(under, 1_500, () => due.length === 1)
      expect(due[0]?.body).to.deep.equal({ n: '1-0' })
      expect(under.now()).to.be.at.least(Date.parse(at))
      await subscription.stop()
    })

    it('never delivers a schedule that the next record cancels, alone or in a batch', async () => {
      const [alone, batched, kept] = [fresh(), fresh(), fresh()]
      const due: string[] = []
      const subscription = await log.live('due.order.>', ({ subject }) => due.push(subject))
      const at = new Date(under.now() + 1_500).toISOString()
      for (const address of [alone, batched]) await log.append([entry(address, 1, 0, [timer(address, '1-0', at)])])
      const cancel = (address: Address): Message => ({ kind: 'cancel', subject: timerSubject(address, '1-0') })
      await log.append([entry(alone, 2, (await log.latest(alone))?.seq ?? 0, [cancel(alone)])])
      await log.append([entry(batched, 2, (await log.latest(batched))?.seq ?? 0, [fx(batched), cancel(batched)]), entry(fresh(), 1, 0)])
      await log.append([entry(kept, 1, 0, [timer(kept, '1-0', at)])])
      await passing(under, 1_500, () => due.length > 0)
      expect(due).to.deep.equal([dueSubject(kept, '1-0')])
      await subscription.stop()
    })
  })
}

const passing = async (under: LogUnderTest, ms: number, met: () => boolean): Promise<void> => {
  const deadline = Date.now() + 20_000
  while (!met()) {
    if (Date.now() > deadline) throw new Error('never happened after time had passed')
    await under.pass(ms)
    await turn()
  }
}

const entry = (address: Address, version: number, expectedSeq: number, messages: readonly Message[] = []): Entry => ({
  stream: 'ORDERS',
  address,
  subject: evtSubject(address, ['store-1', 'customer-1']),
  record: recordOf(address.id, version),
  expectedSeq,
  messages,
})

const recordOf = (id: string, version: number): ActorRecord => ({
  v: 1,
  id,
  machine: 'order@1',
  version,
  at: '2026-01-01T00:00:00.000Z',
  by: { role: 'customer', id: 'customer-1' },
  commandId: `c-${version}`,
  event: { type: 'anything' },
  state: { value: 'placed', context: {}, status: 'active' },
  waits: { invokes: {}, timers: {} },
  replies: [],
})

const fx = (address: Address, n = '1-0'): Message => ({ kind: 'fx', subject: fxSubject('confirmPayment', address, n), body: { n } })
const out = (address: Address): Message => ({ kind: 'out', subject: outSubject('delivery', ['cell', address.id]), body: {} })
const timer = (address: Address, n: string, at: string): Message => ({
  kind: 'timer',
  subject: timerSubject(address, n),
  target: dueSubject(address, n),
  at,
  body: { n },
})
