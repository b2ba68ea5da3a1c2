import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { systemClock } from '../harness/clock.ts'
import { startNats } from '../harness/nats.ts'
import { LAMP_STREAMS } from './lamp.ts'
import { versionsContract } from './versions.contract.ts'

versionsContract('memory', async () => {
  const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
  return {
    log: new MemoryLog({ clock, streams: LAMP_STREAMS }),
    wire: new MemoryWire(),
    clock,
    pass: async ms => clock.advance(ms),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

versionsContract('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'versions contract', streams: LAMP_STREAMS })
  await nats.ensureStreams()
  return {
    log: nats.log,
    wire: nats.wire,
    clock: systemClock,
    pass: async () => undefined, // real time passes by itself
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})
