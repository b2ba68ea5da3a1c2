import type { Clock } from '../../actors/clock.ts'
import type { Log } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import type { StreamDeclaration } from '../../actors/nats/streams.ts'
import type { Wire } from '../../actors/wire.ts'
import { systemClock } from '../harness/clock.ts'
import { startNats } from '../harness/nats.ts'

/** What a contract of the runtime runs on: one of the twins. */
export interface WorldUnderTest extends AsyncDisposable {
  readonly log: Log
  readonly wire: Wire
  readonly clock: Clock
  /** Lets time go by. */
  pass(ms: number): Promise<void>
}
export type OpenWorld = () => Promise<WorldUnderTest>

export const memoryWorld =
  (streams: readonly StreamDeclaration[]): OpenWorld =>
  async () => {
    const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
    return {
      log: new MemoryLog({ clock, streams }),
      wire: new MemoryWire(),
      clock,
      pass: async ms => clock.advance(ms),
      [Symbol.asyncDispose]: async () => undefined,
    }
  }

export const natsWorld =
  (streams: readonly StreamDeclaration[]): OpenWorld =>
  async () => {
    const server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'contract', streams })
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
  }
