import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { type EffectEnd, runEffects } from '../../actors/effects.ts'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { Host, type HostOptions } from '../../actors/host.ts'
import type { Subscription } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import { runTimers } from '../../actors/timers.ts'
import { kettleKind } from './kettle.ts'
import type { OpenWorld, WorldUnderTest } from './worlds.ts'

/** What the runtime promises, on either twin of the log: any machine, durable. */
export const runtimeContract = (name: string, open: OpenWorld): void => {
  describe(`the runtime (${name})`, () => {
    let world: WorldUnderTest
    let ids = 0
    const running: { stop(): Promise<void> }[] = []
    before(async () => {
      world = await open()
    })
    after(() => world[Symbol.asyncDispose]())
    afterEach(async () => {
      for (const part of running.splice(0)) await part.stop()
    })

    const startHost = async (options: Partial<HostOptions> = {}) => {
      const host = new Host({ log: world.log, wire: world.wire, clock: world.clock, kinds: [kettleKind], ...options })
      await host.start()
      running.push({ stop: () => host.drain() })
      return host
    }
    const router = () => new Router({ wire: world.wire, now: () => Date.now(), random: () => 0.5 })
    const keep = async (subscription: Promise<Subscription>): Promise<void> => void running.unshift(await subscription)
    const startTimers = () =>
      keep(
        runTimers({ log: world.log, router: router(), now: () => world.clock.now(), random: () => 0.5, stream: 'KETTLES', concurrency: 8 }),
      )
    const startWhistler = (call: (attempt: number, id: string) => Promise<EffectEnd<{ tune: string }>>) =>
      keep(
        runEffects<{ cups: number }, { tune: string }>({
          log: world.log,
          router: router(),
          now: () => world.clock.now(),
          random: () => 0,
          stream: 'KETTLES',
          src: 'whistle',
          concurrency: 8,
          ackWaitMs: 5_000,
          maxAttempts: 3,
          call: ({ attempt, address }) => call(attempt, address.id),
        }),
      )
    const aKettle = () => `k_${name}_${++ids}`
    const tell = (
      id: string,
      type: string,
      more: Omit<Partial<Command>, 'event'> & { event?: Omit<Event, 'type'> } = {},
    ): Promise<Reply> => {
      const { event, ...rest } = more
      return router().ask({
        commandId: `${type}-${++ids}`,
        address: { kind: 'kettle', id },
        by: { role: 'ops', id: 'cook' },
        at: new Date(world.clock.now()).toISOString(),
        ...rest,
        event: { type, ...event },
      })
    }
    const newest = async (id: string) => (await world.log.latest({ kind: 'kettle', id }))?.body
    const until = async (what: string, met: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + 20_000
      while (!(await met())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
        await world.pass(100)
        await turn()
      }
    }
    const value = async (id: string) => (await newest(id))?.state.value

    it('answers with the new state, after writing it', async () => {
      await startHost()
      const id = aKettle()
      expect(await tell(id, 'fill')).to.deep.include({ kind: 'moved', version: 1 })
      expect(await tell(id, 'pour')).to.deep.include({ kind: 'moved', version: 2 })
      const record = await newest(id)
      expect(record).to.deep.include({ version: 2, machine: 'kettle@1', by: { role: 'ops', id: 'cook' } })
      expect(record?.state).to.deep.equal({ value: 'cold', context: { cups: 1, note: '', boilMs: 1_000 }, status: 'active' })
    })

    it('refuses by name what the machine cannot do now, and writes nothing', async () => {
      await startHost()
      const id = aKettle()
      expect(await tell(id, 'pour')).to.deep.equal({ kind: 'refused', code: 'NOT_FOUND', version: 0 })
      await tell(id, 'fill')
      expect(await tell(id, 'stop')).to.deep.include({ kind: 'refused', code: 'REFUSED', version: 1 })
      expect(await tell(id, 'no such event')).to.deep.include({ kind: 'refused', code: 'REFUSED', version: 1 })
      expect(await tell(id, 'fill')).to.deep.include({ kind: 'refused', code: 'ALREADY_EXISTS', version: 1 })
      expect(await tell(id, 'pour', { expectedVersion: 7 })).to.deep.include({ kind: 'refused', code: 'VERSION_MISMATCH', version: 1 })
      expect((await newest(id))?.version).to.equal(1)
    })

    it('lets nobody speak in the runtime’s own names', async () => {
      await startHost()
      const id = aKettle()
      await tell(id, 'fill', { event: { boilMs: 3_600_000 } })
      await tell(id, 'heat')
      expect(await tell(id, 'xstate.after.boil.kettle.heating')).to.deep.include({ kind: 'refused', code: 'STALE' })
      expect(await value(id)).to.equal('heating')
    })

    it('gives a repeated command its first answer, across restarts and later steps', async () => {
      const first = await startHost()
      const id = aKettle()
      await tell(id, 'fill')
      const once = await tell(id, 'pour', { commandId: 'one tap' })
      const again = { ...once, repeated: true }
      expect(await tell(id, 'pour', { commandId: 'one tap' })).to.deep.equal(again)
      await tell(id, 'pour')
      await first.drain()
      await startHost()
      expect(await tell(id, 'pour', { commandId: 'one tap' })).to.deep.equal(again)
      expect((await newest(id))?.state.context).to.deep.include({ cups: 2 })
    })

    it('does one thing at a time for each actor, whoever asks at once', async () => {
      await startHost()
      const id = aKettle()
      await tell(id, 'fill')
      const replies = await Promise.all(Array.from({ length: 100 }, () => tell(id, 'pour')))
      const versions = replies.map(reply => (reply.kind === 'moved' ? reply.version : 0)).sort((a, b) => a - b)
      expect(versions).to.deep.equal(Array.from({ length: 100 }, (_, i) => i + 2))
      expect((await newest(id))?.state.context).to.deep.include({ cups: 100 })
    })

    it('stays right with two hosts that both believe they own the actor', async () => {
      await startHost()
      await startHost()
      const id = aKettle()
      await tell(id, 'fill')
      const replies = await Promise.all(Array.from({ length: 40 }, () => tell(id, 'pour')))
      expect(replies.every(({ kind }) => kind === 'moved')).to.equal(true)
      expect((await newest(id))?.state.context).to.deep.include({ cups: 40 })
      const history = await world.log.history({ kind: 'kettle', id })
      expect(history.map(({ body }) => body.version)).to.deep.equal(Array.from({ length: 41 }, (_, i) => i + 1))
    })

    it('stays right when the clock of one host is an hour ahead', async () => {
      await startHost()
      await startHost({ clock: { now: () => world.clock.now() + 3_600_000, after: (ms, call) => world.clock.after(ms, call) } })
      const id = aKettle()
      await tell(id, 'fill')
      const replies = await Promise.all(Array.from({ length: 20 }, () => tell(id, 'pour')))
      expect(replies.every(({ kind }) => kind === 'moved')).to.equal(true)
      const history = await world.log.history({ kind: 'kettle', id })
      expect(history.map(({ body }) => body.version)).to.deep.equal(Array.from({ length: 21 }, (_, i) => i + 1))
    })

    it('keeps no more actors in memory than it may, and loses none', async () => {
      const host = await startHost({ maxResidents: 3 })
      const kettles = Array.from({ length: 12 }, aKettle)
      for (const id of kettles) await tell(id, 'fill')
      for (const id of kettles) await tell(id, 'pour')
      expect(host.residents).to.be.at.most(3)
      for (const id of kettles) expect((await newest(id))?.state.context).to.deep.include({ cups: 1 })
    })

    it('lets an actor rest when nobody asks for it', async () => {
      const host = await startHost({ idleMs: 400 })
      const id = aKettle()
      await tell(id, 'fill')
      expect(host.residents).to.equal(1)
      await until('the actor rests', () => host.residents === 0)
      expect(await tell(id, 'pour')).to.deep.include({ kind: 'moved', version: 2 })
    })

    it('says so when an actor’s mailbox is full', async () => {
      const host = await startHost({ mailboxCapacity: 1 })
      const id = aKettle()
      const command = (commandId: string): Command => ({
        commandId,
        address: { kind: 'kettle', id },
        event: { type: 'fill' },
        by: { role: 'ops', id: 'cook' },
        at: '2026-01-01T00:00:00.000Z',
      })
      const replies = await Promise.all(['a', 'b', 'c', 'd'].map(commandId => host.handle(command(commandId))))
      expect(replies.filter(reply => reply.kind === 'failed').map(({ code }) => code)).to.include('MAILBOX_FULL')
      expect(replies.filter(({ kind }) => kind === 'moved')).to.have.length(1)
    })

    it('answers for a machine that throws, and leaves the actor as it was', async () => {
      await startHost()
      const id = aKettle()
      await tell(id, 'fill')
      expect(await tell(id, 'break')).to.deep.equal({
        kind: 'failed',
        code: 'MACHINE_FAILED',
        retry: false,
        message: 'the handle came off',
      })
      expect(await tell(id, 'pour')).to.deep.include({ kind: 'moved', version: 2 })
    })

    it('rings a timer that its state still waits for, announces, calls, and brings the result home', async () => {
      await startHost()
      await startTimers()
      await startWhistler(async () => ({ kind: 'done', output: { tune: 'la' } }))
      const steam: unknown[] = []
      await keep(world.log.live('out.steam.kitchen', ({ body }) => steam.push(body)))
      const id = aKettle()
      await tell(id, 'fill')
      await tell(id, 'pour')
      await tell(id, 'heat')
      await until('the kettle has whistled', async () => (await value(id)) === 'whistled')
      expect((await newest(id))?.state).to.deep.include({ status: 'done', context: { cups: 1, note: 'la', boilMs: 1_000 } })
      await until('steam', () => steam.length > 0)
      expect(steam).to.deep.equal([{ type: 'steam', cups: 1 }])
      expect(await tell(id, 'heat')).to.deep.include({ kind: 'refused', code: 'REFUSED' })
    })

    it('rings a timer that fell due while every host was down', async () => {
      const host = await startHost()
      const id = aKettle()
      await tell(id, 'fill')
      await tell(id, 'heat')
      await host.drain()
      await world.pass(2_000)
      await startHost()
      await startTimers()
      await until('the water boils', async () => (await value(id)) === 'hot')
    })

    it('never lets a timer of a state that was left move anything', async () => {
      await startHost()
      await startTimers()
      const [left, returned] = [aKettle(), aKettle()]
      await tell(left, 'fill')
      await tell(left, 'heat')
      await tell(left, 'stop')
      // Left and entered again with a longer time to go: the first timer must not boil the second water.
      await tell(returned, 'fill', { event: { boilMs: 2_000 } })
      await tell(returned, 'heat')
      await world.pass(1_000)
      await tell(returned, 'stop')
      await tell(returned, 'heat')
      const againMs = Date.parse((await newest(returned))?.at ?? '')
      await until('the second water boils', async () => (await value(returned)) === 'hot')
      expect(Date.parse((await newest(returned))?.at ?? '') - againMs).to.be.at.least(2_000)
      expect(await value(left)).to.equal('cold')
    })

    it('tries an effect again, and takes its failure to the machine', async () => {
      await startHost()
      await startTimers()
      const attempts: number[] = []
      const id = aKettle()
      await startWhistler(async (attempt, whose) => {
        if (whose === id) attempts.push(attempt)
        return attempt < 3
          ? { kind: 'retry', reason: 'steam too thin', afterMs: 50 }
          : { kind: 'failed', error: { code: 'MUTE', message: 'no voice' } }
      })
      await tell(id, 'fill')
      await tell(id, 'heat')
      await until('the failure arrives', async () => (await newest(id))?.state.context.note === 'no voice')
      expect(attempts).to.deep.equal([1, 2, 3])
    })

    it('gives up on an effect in the open: a dead letter says what and why', async () => {
      await startHost()
      await startTimers()
      await startWhistler(async () => ({ kind: 'retry', reason: 'no steam at all', afterMs: 50 }))
      const id = aKettle()
      await tell(id, 'fill')
      await tell(id, 'heat')
      const letters = async () => {
        const found: { address: string; reason: string; attempts: number }[] = []
        for await (const { body } of world.log.newest<{ address: string; reason: string; attempts: number }>(`dead.whistle.kettle.${id}.*`))
          found.push(body)
        return found
      }
      await until('the dead letter', async () => (await letters()).length === 1)
      expect((await letters())[0]).to.deep.include({ address: `kettle/${id}`, reason: 'no steam at all', attempts: 3 })
      expect(await value(id)).to.equal('hot')
    })

    it('drops the result of an effect that the actor no longer waits for', async () => {
      await startHost()
      await startTimers()
      const late = Promise.withResolvers<void>()
      let calls = 0
      const id = aKettle()
      await startWhistler(async (_attempt, whose) => {
        if (whose === id) calls++
        await late.promise
        return { kind: 'done', output: { tune: 'too late' } }
      })
      await tell(id, 'fill')
      await tell(id, 'heat')
      await until('the call', () => calls === 1)
      await tell(id, 'stop')
      late.resolve()
      await running.shift()?.stop() // the worker finishes what it has in hand
      const record: ActorRecord | undefined = await newest(id)
      expect(record?.state).to.deep.include({ value: 'cold' })
      expect(record?.state.context.note).to.equal('')
    })
  })
}
