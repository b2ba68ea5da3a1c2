import { expect } from 'chai'
import { putInInbox } from '../../actors/inbox.ts'
import type { Stored } from '../../actors/log.ts'
import type { Trace } from '../../actors/tracing.ts'
import { KITCHENS, type Kitchen } from '../actors/kitchen.ts'
import { RememberingTracer } from './remembering-tracer.ts'

for (const [name, open] of KITCHENS)
  describe(`a trace in the runtime (${name})`, () => {
    let tracer: RememberingTracer
    let kitchen: Kitchen
    const atTheDoor = (): Trace => tracer.enter({ name: 'door' }).trace
    beforeEach(async () => {
      tracer = new RememberingTracer()
      kitchen = await open(tracer)
    })
    afterEach(() => kitchen[Symbol.asyncDispose]())

    it('goes from the door through the host into the log, and names who is there', async () => {
      await kitchen.startHost()
      const heard: Stored<unknown>[] = []
      const live = await kitchen.log.live('evt.kettle.>', stored => heard.push(stored))
      const command = { ...kitchen.command('k_told', { type: 'fill' }), trace: atTheDoor(), correlationId: 'req-1' }
      expect((await kitchen.router.ask(command)).kind).to.equal('moved')
      expect(tracer.wayTo('commit')).to.deep.equal(['door', 'ask kettle.fill', 'decide kettle.fill', 'commit'])
      expect(tracer.named('decide kettle.fill')?.attributes).to.include({
        'actor.id': 'k_told',
        'correlation.id': 'req-1',
        reply: 'moved',
        version: 1,
      })
      expect(tracer.named('commit')?.attributes).to.include({ stream: 'KETTLES', version: 1, messages: 0, together: 1 })
      await kitchen.until('the record is heard', () => heard.length === 1)
      expect(heard[0]?.trace).to.equal(tracer.named('commit')?.trace)
      expect(await kitchen.newest('k_told')).not.to.have.property('trace') // a record is what it was
      await live.stop()
    })

    it('ends with the reply, be it a refusal, which is no failure', async () => {
      await kitchen.startHost()
      await kitchen.router.ask({ ...kitchen.command('k_absent', { type: 'heat' }), trace: atTheDoor() })
      expect(tracer.spans.slice(1).map(({ name, attributes, failed, ended }) => [name, attributes.reply, failed, ended])).to.deep.equal([
        ['ask kettle.heat', 'NOT_FOUND', undefined, true],
        ['decide kettle.heat', 'NOT_FOUND', undefined, true],
      ])
    })

    it('goes on in the worker, its call and its result, and begins anew when a timer falls due, naming who set it', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      let traceOfCall: Trace | undefined
      await kitchen.startWhistler(async ({ trace }) => {
        traceOfCall = trace
        return { kind: 'done', output: { tune: 'C' } }
      })
      await kitchen.router.ask(kitchen.command('k_hot', { type: 'fill', boilMs: 300 }))
      await kitchen.router.ask({ ...kitchen.command('k_hot', { type: 'heat' }), trace: atTheDoor() })
      const setBy = tracer.named('commit')?.trace
      await kitchen.until('it has whistled', async () => (await kitchen.value('k_hot')) === 'whistled')
      await kitchen.until('the effect is settled', () => tracer.named('effect whistle')?.ended === true)
      expect(tracer.named('timer')).to.include({ after: setBy, ended: true })
      expect(tracer.wayTo('effect whistle')).to.deep.equal([
        'timer',
        'ask kettle.boil.elapsed',
        'decide kettle.boil.elapsed',
        'commit',
        'effect whistle',
      ])
      expect(traceOfCall).to.equal(tracer.named('effect whistle')?.trace)
      expect(tracer.wayTo('commit').slice(-4)).to.deep.equal([
        'effect whistle',
        'ask kettle.whistle.done',
        'decide kettle.whistle.done',
        'commit',
      ])
    })

    it('goes on when a command is taken up from the inbox', async () => {
      await putInInbox(kitchen.log, { ...kitchen.command('k_late', { type: 'fill' }), trace: atTheDoor() })
      await kitchen.startHost()
      await kitchen.startInbox()
      await kitchen.until('it is there', async () => (await kitchen.newest('k_late')) !== undefined)
      expect(tracer.wayTo('commit')).to.deep.equal(['door', 'inbox', 'ask kettle.fill', 'decide kettle.fill', 'commit'])
    })

    it('is nowhere when the door has not begun one', async () => {
      await kitchen.startHost()
      await kitchen.startTimers()
      await kitchen.startWhistler(async () => ({ kind: 'done', output: { tune: 'C' } }))
      const traces: unknown[] = []
      const live = await kitchen.log.live(['evt.kettle.>', 'fx.>', 'due.>', 'out.>'], ({ trace }) => traces.push(trace))
      const id = await kitchen.heat(100)
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      await kitchen.until('all of it is heard', () => traces.length >= 7)
      expect(new Set(traces)).to.deep.equal(new Set([undefined]))
      expect(tracer.spans).to.deep.equal([])
      await live.stop()
    })
  })
