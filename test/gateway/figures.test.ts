import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import type { Executed } from '../../server/gateway/commands.ts'
import { Figures } from '../../server/gateway/figures.ts'

const CUSTOMER = { role: 'customer', id: 'customer-1' } as const

describe('the figures of a gateway', () => {
  const clock = new HandClock(0)
  const figures = new Figures({ gateway: 'gateway-1', now: () => clock.now(), delayMs: () => 3.456, sockets: () => 12 })
  /** One command that takes so long, in milliseconds. */
  const run = async (ms: number, ok = true): Promise<void> => {
    const commands = figures.counting({
      execute: async () => {
        clock.advance(ms)
        if (!ok) throw new Error('refused')
        return {} as Executed
      },
    })
    await commands.execute(CUSTOMER, { name: 'place', body: {} }).catch(() => undefined)
  }

  it('are rates of the last ten whole seconds, and the latency of a minute within a tenth', async () => {
    clock.advance(60_000)
    for (let i = 0; i < 98; i++) await run(10)
    await run(1_000)
    await run(1_000, false)
    for (let i = 0; i < 50; i++) figures.pushed()
    const { commandsPerS, ordersPerS } = figures.view()
    expect([commandsPerS, ordersPerS], 'the second under way is left out').to.deep.equal([9.9, 9.9])
    clock.advance(1_000)
    const seen = figures.view()
    expect([seen.commandsPerS, seen.ordersPerS, seen.pushesPerS]).to.deep.equal([10, 9.9, 5])
    expect(seen.commandP50Ms).to.be.within(9, 11)
    expect(seen.commandP99Ms).to.be.within(900, 1_100)
    expect(seen).to.include({ sockets: 12, loopDelayMs: 3.46 })
  })

  it('forget what is older than a minute', async () => {
    clock.advance(12_000)
    expect(figures.view()).to.include({ commandsPerS: 0, pushesPerS: 0 })
    expect(figures.view()).to.have.property('commandP50Ms')
    clock.advance(60_000)
    expect(figures.view()).to.not.have.property('commandP50Ms')
  })
})
