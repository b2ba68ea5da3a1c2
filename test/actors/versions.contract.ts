import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { type EffectEnd, runEffects } from '../../actors/effects.ts'
import type { Reply } from '../../actors/envelope.ts'
import type { Fault } from '../../actors/fault.ts'
import { Host } from '../../actors/host.ts'
import type { Kind } from '../../actors/kinds/kind.ts'
import type { Subscription } from '../../actors/log.ts'
import { Router } from '../../actors/router.ts'
import { runTimers } from '../../actors/timers.ts'
import { firstLamp, forgetfulLamp, secondLamp, strandedLamp } from './lamp.ts'
import type { OpenWorld, WorldUnderTest } from './worlds.ts'

/** What happens to actors in flight when their machine changes, on either twin of the log. */
export const versionsContract = (name: string, open: OpenWorld): void => {
  describe(`a new release of a machine (${name})`, () => {
    let world: WorldUnderTest
    let ids = 0
    let faults: Fault[] = []
    const running: { stop(): Promise<void> }[] = []
    before(async () => {
      world = await open()
    })
    after(() => world[Symbol.asyncDispose]())
    const stopAll = async (): Promise<void> => {
      for (const part of running.splice(0)) await part.stop()
    }
    beforeEach(() => {
      faults = []
    })
    afterEach(stopAll)

    const startHost = async (kind: Kind): Promise<{ stop(): Promise<void> }> => {
      const { log, wire, clock } = world
      const host = new Host({ log, wire, clock, kinds: [kind], onFault: fault => void faults.push(fault) })
      await host.start()
      const part = { stop: () => host.drain() }
      running.push(part)
      return part
    }
    const router = () => new Router({ wire: world.wire, now: () => Date.now(), random: () => 0.5 })
    const keep = async (subscription: Promise<Subscription>): Promise<void> => void running.unshift(await subscription)
    const startTimers = () =>
      keep(
        runTimers({ log: world.log, router: router(), now: () => world.clock.now(), random: () => 0.5, stream: 'LAMPS', concurrency: 8 }),
      )
    const startBulbs = (call: () => Promise<EffectEnd<number>>) =>
      keep(
        runEffects<unknown, number>({
          log: world.log,
          router: router(),
          now: () => world.clock.now(),
          random: () => 0,
          stream: 'LAMPS',
          src: 'bulb',
          concurrency: 8,
          ackWaitMs: 5_000,
          maxAttempts: 3,
          call,
        }),
      )
    const ask = (id: string, type: string, deadlineMs = 10_000): Promise<Reply> =>
      router().ask(
        {
          commandId: `${type}-${++ids}`,
          address: { kind: 'lamp', id },
          event: { type },
          by: { role: 'ops', id: 'owner' },
          at: new Date(world.clock.now()).toISOString(),
        },
        deadlineMs,
      )
    const newest = async (id: string) => (await world.log.latest({ kind: 'lamp', id }))?.body
    const until = async (what: string, met: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + 20_000
      while (!(await met())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
        await world.pass(100)
        await turn()
      }
    }
    /** A lamp that the first release has switched on, its timer set and its bulb asked for. */
    const litByFirst = async (): Promise<string> => {
      const id = `l_${name}_${++ids}`
      const host = await startHost(firstLamp)
      await ask(id, 'buy')
      await ask(id, 'switch')
      await host.stop()
      return id
    }

    it('goes on with actors in flight', async () => {
      const id = await litByFirst()
      await startHost(secondLamp)
      expect((await newest(id))?.machine).to.equal('lamp@1')
      expect(await ask(id, 'dim')).to.deep.include({
        kind: 'moved',
        version: 3,
        state: { value: 'lit', context: { watts: 0, dimmed: true }, status: 'active' },
      })
      expect((await newest(id))?.machine).to.equal('lamp@2')
    })

    it('shows a refused caller the state as it is called now', async () => {
      const id = await litByFirst()
      await startHost(secondLamp)
      const refused = await ask(id, 'no such event')
      expect(refused).to.deep.include({ kind: 'refused', code: 'REFUSED', version: 2 })
      expect(refused.kind === 'refused' && refused.state?.value).to.equal('lit')
    })

    for (const [when, dim] of [
      ['before the actor has moved', false],
      ['after the actor has moved', true],
    ] as const) {
      it(`hears a timer of the old release under its new name, ${when}`, async () => {
        const id = await litByFirst()
        await startHost(secondLamp)
        if (dim) await ask(id, 'dim')
        await startTimers()
        await until('the lamp is tired', async () => (await newest(id))?.state.value === 'tired')
        expect((await newest(id))?.event.type).to.equal('xstate.after.1000.lamp.lit')
      })

      it(`hears the end of an effect of the old release under its new name, ${when}`, async () => {
        const id = await litByFirst()
        await startHost(secondLamp)
        if (dim) await ask(id, 'dim')
        await startBulbs(async () => ({ kind: 'done', output: 60 }))
        await until('the bulb', async () => (await newest(id))?.state.context.watts === 60)
        expect((await newest(id))?.event.type).to.equal('xstate.done.actor.filament')
        expect((await newest(id))?.waits.invokes).to.deep.equal({})
      })
    }

    it('does not hear a timer that its migration gave up', async () => {
      const id = await litByFirst()
      await startHost(forgetfulLamp)
      await ask(id, 'dim')
      const due: string[] = []
      await keep(world.log.live(`due.lamp.*.${id}.*`, ({ subject }) => void due.push(subject)))
      await startTimers()
      await until('the old timer is due', () => due.length > 0)
      await running.shift()?.stop() // the timers finish what they have in hand
      expect((await newest(id))?.state.value).to.equal('lit')
    })

    it('says so when it does not know the old one: to the caller, to operators, and to nobody else’s harm', async () => {
      const id = await litByFirst()
      const before = await newest(id)
      const host = await startHost(strandedLamp)
      const reply = await ask(id, 'switch')
      expect(reply).to.deep.equal({
        kind: 'failed',
        code: 'UNKNOWN_VERSION',
        retry: false,
        message: 'no migration from lamp@1 to lamp@2',
      })
      expect(faults).to.have.length(1)
      expect(faults[0]).to.deep.include({ address: `lamp/${id}`, code: 'UNKNOWN_VERSION', event: 'switch' })
      const other = `l_${name}_${++ids}`
      expect((await ask(other, 'buy')).kind).to.equal('moved')
      expect((await ask(other, 'switch')).kind).to.equal('moved')
      expect(await newest(id)).to.deep.equal(before)
      await host.stop()
      await startHost(secondLamp)
      expect(await ask(id, 'switch')).to.deep.include({ kind: 'moved', version: 3 })
    })

    it('leaves an older host to say that another one must answer, and that is no fault', async () => {
      const id = `l_${name}_${++ids}`
      const host = await startHost(secondLamp)
      await ask(id, 'buy')
      await host.stop()
      await startHost(firstLamp)
      expect(await ask(id, 'switch', 100)).to.deep.equal({
        kind: 'failed',
        code: 'UNKNOWN_VERSION',
        retry: true,
        message: 'written by lamp@2, newer than lamp@1 here',
      })
      expect(faults).to.deep.equal([])
    })

    it('is rolled out host by host, with actors in flight and no command failed', async () => {
      const old = await startHost(firstLamp)
      const lamps = Array.from({ length: 20 }, () => `l_${name}_${++ids}`)
      for (const id of lamps) expect((await ask(id, 'buy')).kind).to.equal('moved')
      const switching = () => Promise.all(lamps.map(id => ask(id, 'switch')))
      const replies = [...(await switching())]
      await startHost(secondLamp)
      for (let i = 0; i < 3; i++) replies.push(...(await switching())) // both answer, in turn
      await old.stop()
      replies.push(...(await switching()))
      expect(replies.filter(({ kind }) => kind !== 'moved')).to.deep.equal([])
      for (const id of lamps) {
        const history = await world.log.history({ kind: 'lamp', id })
        expect(history.map(({ body }) => body.version)).to.deep.equal([1, 2, 3, 4, 5, 6])
        const releases = history.map(({ body }) => body.machine)
        expect(releases, 'never back to the old release').to.deep.equal([...releases].sort())
        expect(history.at(-1)?.body.state.value).to.equal('lit')
      }
      expect(faults).to.deep.equal([])
    })
  })
}
