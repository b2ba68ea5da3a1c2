import { expect } from 'chai'
import { pino } from 'pino'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import type { Account } from '../../server/contract/account.ts'
import { logLevelView } from '../../server/contract/log-level.ts'
import { LogLevels } from '../../server/gateway/log-levels.ts'
import { LOG_LEVEL, LogLevel } from '../../server/log-level.ts'

const MINA: Account = { role: 'ops', id: 'mina', requestId: 'r-1' }
const NOON = Date.parse('2026-11-25T03:00:00.000Z')

/** Signals are delivered after the turn in which they were announced. */
const heard = () => new Promise<void>(resolve => setImmediate(resolve))

describe('what processes log, as operators want it', () => {
  const open = () => {
    const clock = new HandClock(NOON)
    const signals = new MemorySignals()
    const said: Record<string, unknown>[] = []
    const start = (role: 'gateway' | 'payments', level: string) => {
      const logger = pino({ level, base: { role } }, { write: line => void said.push(JSON.parse(line)) })
      return { logger, follower: new LogLevel({ role, signals, clock, logger }) }
    }
    const levels = new LogLevels({ signals, now: () => clock.now() })
    const wishes = {
      set: async (...wish: Parameters<typeof levels.set>) => {
        const told = levels.set(...wish)
        await heard()
        return told
      },
    }
    return { clock, signals, said, start, levels, wishes }
  }

  it('changes for the processes that are named, says who wanted it, and falls back by itself', async () => {
    const { clock, said, start, wishes } = open()
    const [gateway, payments] = [start('gateway', 'info'), start('payments', 'error')]
    const told = await wishes.set(MINA, { process: 'payments', level: 'debug', minutes: 15, reason: 'a charge is missing' })
    expect(logLevelView.parse(told)).to.deep.equal({
      process: 'payments',
      level: 'debug',
      until: '2026-11-25T03:15:00.000Z',
      by: 'ops/mina',
      why: 'a charge is missing',
      requestId: 'r-1',
    })
    expect([gateway.logger.level, payments.logger.level]).to.deep.equal(['info', 'debug'])
    expect(said).to.have.length(1)
    expect(said[0]).to.include({
      role: 'payments',
      requestId: 'r-1',
      by: 'ops/mina',
      why: 'a charge is missing',
      from: 'error',
      level: 'debug',
    })
    clock.advance(15 * 60_000 - 1)
    expect(payments.logger.level).to.equal('debug')
    clock.advance(1)
    expect(payments.logger.level).to.equal('error')
    expect(said[1]).to.include({ role: 'payments', from: 'debug', level: 'error' })
  })

  it('is as the newest wish says, and as it was set before any of them when that is over', async () => {
    const { clock, start, wishes } = open()
    const { logger, follower } = start('gateway', 'info')
    await wishes.set(MINA, { level: 'debug', minutes: 1, reason: 'first' })
    clock.advance(30_000)
    await wishes.set(MINA, { level: 'error', minutes: 10, reason: 'second' })
    clock.advance(60_000)
    expect(logger.level, 'the end of the first does not end the second').to.equal('error')
    clock.advance(9 * 60_000)
    expect(logger.level).to.equal('info')
    await wishes.set(MINA, { level: 'warn', minutes: 10, reason: 'third' })
    follower.stop()
    expect(logger.level).to.equal('info')
    await wishes.set(MINA, { level: 'debug', minutes: 10, reason: 'nobody hears it' })
    expect(logger.level).to.equal('info')
  })

  it('does not change for anything else that is said, nor for anybody but operators', async () => {
    const { signals, said, start, levels } = open()
    const { logger } = start('gateway', 'info')
    const wish = { level: 'debug', until: '2026-11-25T04:00:00.000Z', by: 'ops/mina', why: 'x' }
    for (const body of [
      null,
      'debug',
      {},
      { ...wish, level: 'silent' },
      { ...wish, until: 'soon' },
      { ...wish, until: '2026-11-25T02:59:00.000Z' },
    ])
      signals.announce(LOG_LEVEL, body)
    await heard()
    expect([logger.level, said]).to.deep.equal(['info', []])
    expect(() => levels.set({ role: 'store', id: 'store-1' }, { level: 'debug', minutes: 1, reason: 'x' })).to.throw('FORBIDDEN')
  })
})
