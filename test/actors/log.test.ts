import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { startNats } from '../harness/nats.ts'
import { logContract } from './log.contract.ts'

logContract('memory', async () => {
  const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
  return {
    log: new MemoryLog({ clock, streams: STREAMS }),
    now: () => clock.now(),
    pass: async ms => clock.advance(ms),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

logContract('nats', async () => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'log contract', streams: STREAMS })
  await nats.ensureStreams()
  return {
    log: nats.log,
    now: () => Date.now(),
    pass: async () => undefined, // the server's own clock passes while we wait for the condition
    [Symbol.asyncDispose]: async () => {
      await nats.close()
      await server[Symbol.asyncDispose]()
    },
  }
})
