import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import type { EffectCall } from '../../actors/effects.ts'
import { fxSubject } from '../../actors/subjects.ts'
import { KITCHENS, type Kitchen, natsKitchen } from './kitchen.ts'
import { killWorkerAt } from './worker-to-kill.ts'

const DONE = 'xstate.done.actor.whistle'

for (const [name, open] of KITCHENS) {
  describe(`effects (${name})`, () => {
    let kitchen: Kitchen
    before(async () => {
      kitchen = await open()
    })
    after(() => kitchen[Symbol.asyncDispose]())
    afterEach(() => kitchen.clear())

    it('bring a result that is delivered twice home once', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      const id = await kitchen.heat(10)
      await kitchen.startWhistler(async () => ({ kind: 'done', output: { tune: 'la' } }))
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      const n = await kitchen.whistleOf(id)
      const result = { type: DONE, output: { tune: 'again' } }
      const again = kitchen.command(id, result, `fx:kettle/${id}:${n}`)
      const reply = await kitchen.router.ask({ ...again, answers: { wait: 'invoke', id: 'whistle', n } })
      expect(reply).to.deep.include({ kind: 'moved', version: 4 })
      const late = kitchen.command(id, result, 'some other worker')
      expect(await kitchen.router.ask({ ...late, answers: { wait: 'invoke', id: 'whistle', n } })).to.deep.include({ kind: 'refused' })
      expect((await kitchen.newest(id))?.state.context.note).to.equal('la')
      expect(await kitchen.life(id)).to.have.length(4)
    })

    it('are dropped uncalled when the actor has moved on, and the next one of the same name is not', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      const id = await kitchen.heat(10)
      await kitchen.until('it is hot', async () => (await kitchen.value(id)) === 'hot')
      await kitchen.tell(id, { type: 'stop' })
      await kitchen.tell(id, { type: 'heat' })
      await kitchen.until('it is hot again', async () => (await kitchen.value(id)) === 'hot')
      const calls: string[] = []
      await kitchen.startWhistler(async call => {
        calls.push(call.id)
        return { kind: 'done', output: { tune: 'la' } }
      })
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      expect(calls).to.deep.equal([`fx:kettle/${id}:${await kitchen.whistleOf(id)}`])
    })

    it('end as a dead letter when the actor cannot take the result', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      const reasons: string[] = []
      await kitchen.startWhistler(async () => ({ kind: 'done', output: null as never }), {
        onDeadLetter: letter => reasons.push(`${letter.address} ${letter.reason}`),
      })
      const id = await kitchen.heat(10)
      await kitchen.until('the dead letter', () => reasons.length > 0)
      expect(reasons[0]).to.match(new RegExp(`^kettle/${id} MACHINE_FAILED: `))
      expect(await kitchen.value(id)).to.equal('hot')
    })

    it('pass over what no actor wrote, and say so', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      const subject = fxSubject('whistle', { kind: 'kettle', id: 'nobody' }, '1-0')
      await kitchen.log.put(subject, { nonsense: true })
      const poison: string[] = []
      await kitchen.startWhistler(async () => ({ kind: 'done', output: { tune: 'la' } }), {
        onPoison: message => poison.push(message.subject),
      })
      const id = await kitchen.heat(10)
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      expect(poison).to.deep.equal([subject])
    })
  })
}

describe('effects whose worker is killed', function () {
  this.timeout(40_000)
  let kitchen: Kitchen
  before(async () => {
    kitchen = await natsKitchen()
    await kitchen.startHost()
    await kitchen.startTimers()
  })
  after(() => kitchen[Symbol.asyncDispose]())

  for (const point of ['before', 'during'] as const) {
    it(`${point} the call are called by another, under the same id`, async () => {
      const id = await kitchen.heat(10)
      await killWorkerAt(kitchen.url, 'effects', point)
      const calls: EffectCall<unknown>[] = []
      const { stop } = await whistler(calls)
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      await stop()
      expect(calls.map(call => [call.id, call.attempt])).to.deep.equal([[`fx:kettle/${id}:${await kitchen.whistleOf(id)}`, 2]])
      expect((await kitchen.newest(id))?.state.context.note).to.equal('of the living')
    })
  }

  it('after the actor took the result are not called again', async () => {
    const id = await kitchen.heat(10)
    await killWorkerAt(kitchen.url, 'effects', 'after')
    expect((await kitchen.newest(id))?.state.context.note).to.equal('of the killed')
    const looked: string[] = []
    const calls: EffectCall<unknown>[] = []
    const { stop } = await whistler(calls, looked)
    await kitchen.until('the message came again', () => looked.includes(id))
    await stop()
    expect(calls).to.deep.equal([])
    expect((await kitchen.life(id)).filter(type => type === DONE)).to.have.length(1)
  })

  it('survive a message that is no JSON, and so does a follower of the stream', async () => {
    const nc = await connect({ servers: kitchen.url })
    const subject = fxSubject('whistle', { kind: 'kettle', id: 'nobody' }, '1-0')
    await nc.request(subject, 'no JSON at all')
    await nc.close()
    const poison: unknown[] = []
    const { stop } = await whistler([], [], poison)
    const id = await kitchen.heat(10)
    await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
    await stop()
    expect(poison).to.deep.equal([undefined])

    const over = new AbortController()
    const bodies: unknown[] = []
    for await (const batch of kitchen.log.follow('KETTLES', ['fx.>'], 0, over.signal)) {
      bodies.push(...batch.map(({ body }) => body))
      if (bodies.length >= 5) over.abort()
    }
    expect(bodies.filter(body => body === undefined)).to.have.length(1)
    for await (const { body } of kitchen.log.newest('fx.whistle.kettle.>')) expect(body).to.not.equal(undefined)
  })

  /** A worker that lives; it notes whom it looks at, and whom it calls. */
  const whistler = async (calls: EffectCall<unknown>[], looked: string[] = [], poison: unknown[] = []) => {
    const { log } = kitchen
    const living = { stop: async (): Promise<void> => undefined }
    await kitchen.startWhistler(
      async call => {
        calls.push(call)
        return { kind: 'done', output: { tune: 'of the living' } }
      },
      {
        log: {
          put: (subject, body) => log.put(subject, body),
          latest: address => {
            looked.push(address.id)
            return log.latest(address)
          },
          consume: async work => {
            const subscription = await log.consume(work)
            living.stop = () => subscription.stop()
            return subscription
          },
        },
        onPoison: ({ body }) => poison.push(body),
      },
    )
    return { stop: () => living.stop() }
  }
})
