import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../actors/clock.ts'
import { type EffectCall, type EffectEnd, type EffectWorker, runEffects } from '../../actors/effects.ts'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import { type InboxOptions, runInbox } from '../../actors/inbox.ts'
import type { Log } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { type RetryOptions, runRetries } from '../../actors/retries.ts'
import { Router } from '../../actors/router.ts'
import { runTimers, type TimerOptions } from '../../actors/timers.ts'
import type { Tracer } from '../../actors/tracing.ts'
import type { Wire } from '../../actors/wire.ts'
import { systemClock } from '../harness/clock.ts'
import { startNats } from '../harness/nats.ts'
import { KETTLE_STREAMS, kettleKind } from './kettle.ts'

interface Ports {
  readonly log: Log
  readonly wire: Wire
  readonly clock: Clock
  /** Lets time go by. */
  readonly pass: (ms: number) => Promise<void>
  /** Of the server; a memory kitchen has none. */
  readonly url: string
  readonly close: () => Promise<void>
  readonly tracer?: Tracer | undefined
}

export type Whistle = (call: EffectCall<{ cups: number }>) => Promise<EffectEnd<{ tune: string }>>

/** Kettles, and whatever carries messages to them; what was started is stopped by `clear`, the newest first. */
export class Kitchen implements AsyncDisposable {
  readonly #ports: Ports
  readonly #running: { stop(): Promise<void> }[] = []
  #ids = 0

  constructor(ports: Ports) {
    this.#ports = ports
  }

  get log(): Log {
    return this.#ports.log
  }
  get url(): string {
    return this.#ports.url
  }
  get router(): Router {
    return new Router({ wire: this.#ports.wire, now: Date.now, random: () => 0.5, tryMs: 500, tracer: this.#ports.tracer })
  }

  async startHost(): Promise<Host> {
    const { log, wire, clock, tracer } = this.#ports
    const host = new Host({ log, wire, clock, kinds: [kettleKind], tracer })
    await host.start()
    this.#running.push({ stop: () => host.drain() })
    return host
  }

  startWhistler(call: Whistle, more: Partial<EffectWorker<{ cups: number }, { tune: string }>> = {}): Promise<void> {
    const parts = { ...this.#parts, now: () => this.#ports.clock.now(), src: 'whistle', ackWaitMs: 1_000, maxAttempts: 3 }
    return this.#keep(runEffects<{ cups: number }, { tune: string }>({ ...parts, call, ...more }))
  }
  startTimers(more: Partial<TimerOptions> = {}): Promise<void> {
    return this.#keep(runTimers({ ...this.#parts, now: () => this.#ports.clock.now(), ackWaitMs: 1_000, ...more }))
  }
  startInbox(more: Partial<InboxOptions> = {}): Promise<void> {
    const parts = { ...this.#parts, now: () => this.#ports.clock.now(), stream: 'INBOX', ackWaitMs: 1_000 }
    return this.#keep(runInbox({ ...parts, ...more }))
  }
  startRetries(more: Partial<RetryOptions> = {}): Promise<void> {
    return this.#keep(runRetries({ log: this.log, concurrency: 8, ...more }))
  }

  aKettle(): string {
    return `k_${++this.#ids}`
  }

  command(id: string, event: Event, commandId = `${event.type}-${++this.#ids}`): Command {
    const at = new Date(this.#ports.clock.now()).toISOString()
    return { commandId, address: { kind: 'kettle', id }, event, by: { role: 'ops', id: 'cook' }, at }
  }
  tell(id: string, event: Event): Promise<Reply> {
    return this.router.ask(this.command(id, event))
  }

  /** A kettle on the fire, hot as soon as its timer has rung. */
  async heat(boilMs: number): Promise<string> {
    const id = this.aKettle()
    await this.tell(id, { type: 'fill', boilMs })
    await this.tell(id, { type: 'heat' })
    return id
  }

  async newest(id: string): Promise<ActorRecord | undefined> {
    return (await this.log.latest({ kind: 'kettle', id }))?.body
  }
  async value(id: string): Promise<unknown> {
    return (await this.newest(id))?.state.value
  }
  /** Its events, oldest first. */
  async life(id: string): Promise<string[]> {
    return (await this.log.history({ kind: 'kettle', id })).map(({ body }) => body.event.type)
  }

  /** The `n` under which it last asked for a whistle. */
  async whistleOf(id: string): Promise<string> {
    const waits = (await this.log.history({ kind: 'kettle', id })).map(({ body }) => body.waits.invokes.whistle?.n)
    return waits.findLast(n => n !== undefined) ?? ''
  }

  async until(what: string, met: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000
    while (!(await met())) {
      if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
      await this.#ports.pass(100)
      await pause(2)
    }
  }

  async clear(): Promise<void> {
    for (const part of this.#running.splice(0).reverse()) await part.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.clear()
    await this.#ports.close()
  }

  get #parts() {
    return { log: this.log, router: this.router, random: () => 0.5, stream: 'KETTLES', concurrency: 8, tracer: this.#ports.tracer }
  }

  async #keep(started: Promise<{ stop(): Promise<void> }>): Promise<void> {
    this.#running.push(await started)
  }
}

export const memoryKitchen = async (tracer?: Tracer): Promise<Kitchen> => {
  const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
  const pass = async (ms: number): Promise<void> => clock.advance(ms)
  const log = new MemoryLog({ clock, streams: KETTLE_STREAMS })
  return new Kitchen({ log, wire: new MemoryWire(), clock, pass, url: '', close: async () => undefined, tracer })
}

export const natsKitchen = async (tracer?: Tracer): Promise<Kitchen> => {
  const server = await startNats()
  const nats = await connectNats({ url: server.url, name: 'kitchen', streams: KETTLE_STREAMS })
  await nats.ensureStreams()
  const close = async (): Promise<void> => {
    await nats.close()
    await server[Symbol.asyncDispose]()
  }
  return new Kitchen({ log: nats.log, wire: nats.wire, clock: systemClock, pass: async () => undefined, url: server.url, close, tracer })
}

/** Each twin of the log, for suites that run on both. */
export const KITCHENS = [
  ['memory', memoryKitchen],
  ['nats', natsKitchen],
] as const
