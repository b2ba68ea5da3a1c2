import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { parseAddress } from '../../actors/address.ts'
import type { DeadLetter } from '../../actors/dead-letters.ts'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import type { Log } from '../../actors/log.ts'
import { Router } from '../../actors/router.ts'
import { runTells, type TellOptions } from '../../actors/tell.ts'
import type { Wire } from '../../actors/wire.ts'
import { clerkKind, ledgerKind } from './books.ts'
import type { OpenWorld, WorldUnderTest } from './worlds.ts'

/** What one actor tells another, on either twin of the log. */
export const tellContract = (name: string, open: OpenWorld): void => {
  describe(`what one actor tells another (${name})`, () => {
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

    const routerOn = (wire: Wire) => new Router({ wire, now: () => Date.now(), random: () => 0.5 })
    const startHost = async (): Promise<void> => {
      const host = new Host({ log: world.log, wire: world.wire, clock: world.clock, kinds: [clerkKind, ledgerKind] })
      await host.start()
      running.push({ stop: () => host.drain() })
    }
    const startTells = async (more: Partial<TellOptions> = {}): Promise<void> => {
      const { log, clock, wire } = world
      const parts = { log, now: () => clock.now(), router: routerOn(wire), random: () => 0, stream: 'BOOKS', concurrency: 8 }
      running.unshift(await runTells({ ...parts, ...more }))
    }
    const ask = (to: string, event: Event): Promise<Reply> =>
      routerOn(world.wire).ask({
        commandId: `${event.type}-${++ids}`,
        address: parseAddress(to),
        event,
        by: { role: 'ops', id: 'owner' },
        at: new Date(world.clock.now()).toISOString(),
      })
    /** A clerk and its ledger. */
    const hire = async (): Promise<readonly [clerk: string, ledger: string]> => {
      const [clerk, ledger] = [`clerk/c_${++ids}`, `ledger/l_${ids}`]
      await ask(ledger, { type: 'open' })
      await ask(clerk, { type: 'hire', ledger })
      return [clerk, ledger]
    }
    const historyOf = async (of: string) => (await world.log.history(parseAddress(of))).map(({ body }) => body)
    const salesOf = async (ledger: string) => ((await historyOf(ledger)).at(-1)?.state.context.sales ?? []) as number[]
    const until = async (what: string, met: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + 20_000
      while (!(await met())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
        await world.pass(100)
        await turn()
      }
    }

    it('arrives once, and says who told it, though its sender is over', async () => {
      await startHost()
      await startTells()
      const [clerk, ledger] = await hire()
      expect(await ask(clerk, { type: 'sellLast' })).to.deep.include({ kind: 'moved', version: 2 })
      await until('the sale is in the ledger', async () => (await salesOf(ledger)).length > 0)
      const record = (await historyOf(ledger)).at(-1)
      expect(record).to.deep.include({ event: { type: 'add', sale: 1 }, by: { role: 'system', id: clerk }, commandId: `tell:${clerk}:2-0` })
    })

    it('waits for a worker and a host to be there', async () => {
      await startHost()
      const [clerk, ledger] = await hire()
      await ask(clerk, { type: 'sell' })
      for (const part of running.splice(0)) await part.stop()
      await startHost()
      await startTells()
      await until('the sale is in the ledger', async () => (await salesOf(ledger)).length > 0)
      expect(await salesOf(ledger)).to.deep.equal([1])
    })

    for (const [meanwhile, reads] of [
      ['', 0],
      [', and the ledger has long forgotten its answer', 40],
    ] as const)
      it(`acts once though the worker was killed between asking and settling${meanwhile}`, async () => {
        await startHost()
        const [clerk, ledger] = await hire()
        let deaths = 0
        /** The wire of a worker that dies as soon as its first command has been answered. */
        const mortal: Wire = {
          serve: (...args) => world.wire.serve(...args),
          async ask(command, timeoutMs) {
            const asked = await world.wire.ask(command, timeoutMs)
            if (command.address.id !== parseAddress(ledger).id || deaths > 0) return asked
            deaths++
            for (let i = 0; i < reads; i++) await ask(ledger, { type: 'read' })
            throw new Error('killed')
          },
        }
        let repeats = 0
        const { log } = world
        const watched: Pick<Log, 'consume' | 'history' | 'put'> = {
          consume: work => log.consume(work),
          put: (subject, body) => log.put(subject, body),
          history: address => log.history(address).finally(() => void repeats++),
        }
        await startTells({ log: watched as Log, router: routerOn(mortal) })
        await ask(clerk, { type: 'sell' })
        await until('the death', () => deaths === 1)
        await until('the repeat', () => repeats === 1)
        await running.shift()?.stop() // the worker finishes what it has in hand
        expect(await salesOf(ledger)).to.deep.equal([1])
      })

    it('loses none and doubles none of many, whatever their order', async () => {
      await startHost()
      await startTells()
      const [clerk, ledger] = await hire()
      for (let i = 0; i < 50; i++) await ask(clerk, { type: 'sell' })
      await until('all sales are in the ledger', async () => (await salesOf(ledger)).length >= 50)
      expect([...(await salesOf(ledger))].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 50 }, (_, i) => i + 1))
    })

    it('is over when the other refuses, and somebody hears of that', async () => {
      await startHost()
      const refused: [Command, Extract<Reply, { kind: 'refused' }>][] = []
      await startTells({ onRefused: (...args) => void refused.push(args) })
      const [clerk, ledger] = await hire()
      await ask(ledger, { type: 'lock' })
      await ask(clerk, { type: 'sell' })
      await until('the refusal', () => refused.length > 0)
      expect(refused[0]?.[0].event).to.deep.equal({ type: 'add', sale: 1 })
      expect(refused[0]?.[1]).to.deep.include({ code: 'REFUSED', version: 2 })
    })

    it('is kept as a dead letter when the other cannot take it', async () => {
      await startHost()
      const letters: DeadLetter[] = []
      await startTells({ maxAttempts: 2, onDeadLetter: letter => void letters.push(letter) })
      const [clerk, ledger] = await hire()
      await ask(ledger, { type: 'tear' })
      await ask(clerk, { type: 'sell' })
      await until('the dead letter', () => letters.length > 0)
      expect(letters[0]).to.deep.include({ address: clerk, src: 'tell', attempts: 2, reason: 'MACHINE_FAILED: the page is torn' })
    })

    it('needs an address, or the step fails and nothing is written', async () => {
      await startHost()
      const clerk = `clerk/c_${++ids}`
      await ask(clerk, { type: 'hire', ledger: 'nobody at all' })
      expect(await ask(clerk, { type: 'sell' })).to.deep.include({ kind: 'failed', code: 'MACHINE_FAILED', retry: false })
      expect(await historyOf(clerk)).to.have.length(1)
    })
  })
}
