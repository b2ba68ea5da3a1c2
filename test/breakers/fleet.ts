import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { Host } from '../../actors/host.ts'
import { breakerKind } from '../../actors/kinds/entities.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import type { Signals } from '../../actors/signals.ts'
import { runTimers } from '../../actors/timers.ts'
import { STREAMS } from '../../config/streams.ts'
import type { BreakerContext, BreakerName } from '../../machines/breaker.ts'
import { type BreakerSettings, DEFAULT_BREAKER } from '../../machines/breaker-figures.ts'
import { Supervisor } from '../../server/breakers/supervisor.ts'
import { Verdicts } from '../../server/breakers/verdicts.ts'
import { startPayments } from '../../server/consumers/payments.ts'
import { ProviderCalls } from '../../server/metrics/provider-calls.ts'
import { openGates } from '../consumers/payment-gates.ts'
import { aTap } from '../consumers/payments-house.ts'
import { systemClock } from '../harness/clock.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { type OpenPsp, openPsp } from '../outside/psp-caller.ts'

const silent = pino({ level: 'silent' })
/** Quick, and never opened by mere slowness: on a busy machine every call is slow. */
const SETTINGS: BreakerSettings = { ...DEFAULT_BREAKER, openMs: 500, longestOpenMs: 1_000, rampMs: 200, minCalls: 10, slowRate: 2 }

interface Member {
  readonly nats: Nats
  stop(): Promise<void>
}
interface Supervising extends Member {
  /** Its supervisor hears nothing and is not heard, as behind a cable that was cut. */
  mute(): void
  speak(): void
}
interface Worker extends Member {
  readonly verdicts: Verdicts
}

/** Hosts with their supervisors and payment workers, each with a connection of its own to one real NATS, and the provider's stand-in. */
export class Fleet implements AsyncDisposable {
  readonly psp: OpenPsp
  readonly #server: TestNats
  readonly #members: Member[] = []
  readonly #eyes: Nats
  readonly #verdicts: Verdicts
  #orders = 0

  private constructor(psp: OpenPsp, server: TestNats, eyes: Nats, verdicts: Verdicts) {
    this.psp = psp
    this.#server = server
    this.#eyes = eyes
    this.#verdicts = verdicts
  }

  static async open(): Promise<Fleet> {
    const server = await startNats()
    const eyes = await connectNats({ url: server.url, name: 'eyes', streams: STREAMS })
    await eyes.ensureStreams()
    const verdicts = await Verdicts.open({ log: eyes.log, signals: eyes, now: () => Date.now() })
    return new Fleet(await openPsp({ timeoutMs: 1_500 }), server, eyes, verdicts)
  }

  /** Since a supervisor was heard, ms. */
  get silentMs(): number {
    return this.#verdicts.silentMs
  }

  get nats(): Nats {
    return this.#eyes
  }

  async host(): Promise<Supervising> {
    const nats = await connectNats({ url: this.#server.url, name: 'host', streams: STREAMS })
    const clock = systemClock
    const host = new Host({ log: nats.log, wire: nats.wire, clock, kinds: [breakerKind, orderKind] })
    await host.start()
    const timing = { log: nats.log, router: this.#router(nats), now: () => Date.now(), random: Math.random, concurrency: 8 }
    const timers = await runTimers({ ...timing, stream: 'ENTITIES' })
    const name = `host-${randomUUID().slice(0, 8)}`
    let cut = false
    const signals: Signals = {
      announce: (subject, body) => void (cut || nats.announce(subject, body)),
      hear: (subjects, handler) => nats.hear<never>(subjects, (subject, body) => void (cut || handler(subject, body))),
    }
    const supervisor = await Supervisor.open({
      log: nats.log,
      router: this.#router(nats),
      signals,
      clock,
      random: () => 0,
      host: name,
      settings: SETTINGS,
      logger: silent,
    })
    const member = this.#join(nats, async () => {
      await timers.stop()
      await supervisor.stop()
      await host.drain()
    })
    return {
      ...member,
      mute: () => {
        cut = true
      },
      speak: () => {
        cut = false
      },
    }
  }

  async worker(): Promise<Worker> {
    const nats = await connectNats({ url: this.#server.url, name: 'worker', streams: STREAMS })
    const router = this.#router(nats)
    const clock = systemClock
    const open = await openGates({ log: nats.log, router, clock, signals: nats, worker: `payments-${randomUUID().slice(0, 8)}` })
    const { toss } = this.psp
    const payments = await startPayments({
      log: nats.log,
      router,
      toss,
      now: () => clock.now(),
      random: () => 0,
      logger: silent,
      gates: open.gates,
      metrics: new ProviderCalls(new Registry()),
    })
    const member = this.#join(nats, async () => {
      await open.stop()
      await payments.stop()
    })
    return { ...member, verdicts: open.verdicts }
  }

  /** Places orders that pay at once; answers their ids. */
  async place(count: number): Promise<string[]> {
    const router = this.#router(this.#eyes)
    const ids = Array.from({ length: count }, () => `order-${++this.#orders}`)
    await Promise.all(
      ids.map(id =>
        router.ask({
          commandId: `place:${id}`,
          address: { kind: 'order', id },
          event: { ...aTap({ paymentKey: `pk_test_${id}` }) },
          by: { role: 'customer', id: 'customer-1' },
          at: new Date().toISOString(),
        }),
      ),
    )
    return ids
  }

  async breaker(
    name: BreakerName = 'confirm',
  ): Promise<{ readonly state: unknown; readonly version: number; readonly context: BreakerContext }> {
    const record = await this.#eyes.log.latest({ kind: 'breaker', id: name })
    if (!record) throw new Error(`no breaker ${name}`)
    const { version, state } = record.body
    return { version, state: state.value, context: state.context as unknown as BreakerContext }
  }

  /** Every state it has been in, oldest first. */
  async storyOf(name: BreakerName = 'confirm'): Promise<unknown[]> {
    const states = (await this.#eyes.log.history({ kind: 'breaker', id: name })).map(({ body }) => body.state.value)
    return states.filter((state, i) => state !== states[i - 1])
  }

  /** Why it has opened, each time, oldest first. */
  async reasons(name: BreakerName = 'confirm'): Promise<string[]> {
    const states = (await this.#eyes.log.history({ kind: 'breaker', id: name })).map(({ body }) => body.state)
    const openings = states.filter(({ value }, i) => value === 'open' && states[i - 1]?.value !== 'open')
    return openings.map(({ context }) => (context as unknown as BreakerContext).reason)
  }

  async statusOf(id: string): Promise<string> {
    const record = await this.#eyes.log.latest({ kind: 'order', id })
    return (record?.body.state.value as { readonly order: string } | undefined)?.order ?? 'none'
  }

  ask(event: { readonly type: string; readonly [key: string]: unknown }, by: string) {
    const command = { commandId: randomUUID(), address: { kind: 'breaker', id: 'confirm' }, event, by: { role: 'ops', id: by } as const }
    return this.#router(this.#eyes).ask({ ...command, at: new Date().toISOString() })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of this.#members) await member.stop()
    await this.psp[Symbol.asyncDispose]()
    await this.#verdicts.stop()
    await this.#eyes.close()
    await this.#server[Symbol.asyncDispose]()
  }

  #router(nats: Nats): Router {
    return new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  }

  #join(nats: Nats, leave: () => Promise<void>): Member {
    let left = false
    const member = {
      nats,
      stop: async () => {
        if (left) return
        left = true
        await leave()
        await nats.close()
      },
    }
    this.#members.push(member)
    return member
  }
}
