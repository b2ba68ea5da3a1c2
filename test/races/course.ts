import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import type { Scheduler } from 'fast-check'
import { isoOf } from '../../actors/clock.ts'
import { type EffectEnd, runEffects } from '../../actors/effects.ts'
import type { By, Command, Event, Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import type { Entry } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import { shardOf } from '../../actors/shards.ts'
import { runTimers } from '../../actors/timers.ts'
import { STREAMS } from '../../config/streams.ts'
import { type Gate, ScheduledLog } from './scheduled-log.ts'
import { ScheduledWire } from './scheduled-wire.ts'

export const ORDER = { kind: 'order', id: 'o_1' } as const
export const START_MS = Date.parse('2026-05-01T09:00:00Z')

/** Turns of the event loop without a step to pick and yet with open questions: far more than any part waits, so somebody is stuck. */
const STUCK_TURNS = 1_000

/**
 * Where one race is run: the real runtime on its memory twins, and two hosts that both hold the order's shard and take turns, so that only the
 * log's guards stand between them. Every delivery, read and write is a step that the scheduler picks.
 */
export class Course {
  readonly clock = new HandClock(START_MS)
  readonly #scheduler: Scheduler | undefined
  readonly #truth: MemoryLog
  readonly #gate: Gate
  readonly log: ScheduledLog
  readonly wire: ScheduledWire
  readonly router: Router

  private constructor(scheduler: Scheduler | undefined, Truth: typeof MemoryLog) {
    this.#scheduler = scheduler
    this.#truth = new Truth({ clock: this.clock, streams: STREAMS })
    this.#gate = async step => void (await scheduler?.schedule(Promise.resolve(), step))
    this.log = new ScheduledLog(this.#truth, this.#gate)
    this.wire = new ScheduledWire(new MemoryWire(), this.#gate)
    this.router = new Router({ wire: this.wire, now: () => this.clock.now(), random: () => 0.5 })
  }

  /** @param start the order's last record so far, put there without being run again; none for a course that has no order yet */
  static async open(scheduler?: Scheduler, start?: Entry, Truth = MemoryLog): Promise<Course> {
    const course = new Course(scheduler, Truth)
    const { log, wire, clock } = course
    for (let hosts = 0; hosts < 2; hosts++) {
      const host = new Host({ log, wire, clock, kinds: [orderKind] })
      // One seat and not all 64, which anew for each race would be a tenth of its time.
      await wire.serve(ORDER.kind, [shardOf(ORDER.id)], command => host.handle(command))
    }
    if (start) await course.#truth.append([start])
    return course
  }

  /** Asks the order. The same event of the same person twice is one command, sent again. */
  ask(by: By, event: Event, more: Pick<Command, 'answers'> = {}): Promise<Reply> {
    const commandId = `${by.id}:${event.type}`
    return this.router.ask({ commandId, address: ORDER, event, by, at: isoOf(this.clock.now()), ...more })
  }

  /** Thinks for this many steps of its own, 0 or more. */
  async hesitate(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) await this.#gate('hesitates')
  }

  /** Lets time pass at whatever moment the scheduler picks. */
  async pass(ms: number): Promise<void> {
    await this.#gate('time passes')
    this.clock.advance(ms)
  }

  async bringTimers(): Promise<void> {
    const { log, router, clock } = this
    await runTimers({ log, router, now: () => clock.now(), random: () => 0.5, stream: 'ORDERS', concurrency: 4 })
  }

  /** Two workers for one effect, each as slow as the scheduler wants. @returns how often they called */
  async work<Output>(src: string, output: () => Output): Promise<{ readonly calls: number }> {
    const made = { calls: 0 }
    const call = async (): Promise<EffectEnd<Output>> => {
      await this.#gate(`${src} is at work`)
      made.calls++
      return { kind: 'done', output: output() }
    }
    const { log, router } = this
    const now = () => this.clock.now()
    const worker = { log, router, now, random: () => 0.5, stream: 'ORDERS', src, concurrency: 1, ackWaitMs: 5_000, maxAttempts: 3, call }
    for (let workers = 0; workers < 2; workers++) await runEffects(worker)
    return made
  }

  /** Picks step after step until nobody has one left. A committer collects for a turn of the event loop: two turns between picks let every step show up. */
  async run(): Promise<void> {
    for (let idle = 0; idle < STUCK_TURNS; idle++) {
      await turn()
      await turn()
      if (this.#scheduler && this.#scheduler.count() > 0) {
        await this.#scheduler.waitNext(1)
        idle = 0
      } else if (this.wire.open === 0) return
    }
    throw new Error(`nobody moves, and ${this.wire.open} questions are open`)
  }

  async records(): Promise<ActorRecord[]> {
    return (await this.#truth.history(ORDER)).map(({ body }) => body)
  }

  /** How often an effect was asked for since the start. */
  asked(src: string): number {
    const messages = this.log.written.flatMap(entry => entry.messages)
    return messages.filter(({ kind, subject }) => kind === 'fx' && subject.startsWith(`fx.${src}.`)).length
  }

  /** What holds whoever won: versions without gaps, each `moved` in the log exactly once and at its version, of a refusal no trace, nobody left without an answer. */
  async expectHonest(): Promise<ActorRecord> {
    const records = await this.records()
    const first = records[0]?.version ?? 0
    for (const [i, { version }] of records.entries()) expect(version, 'a gap in the versions').to.equal(first + i)
    for (const { command, reply } of this.wire.answers) {
      const versions = records.filter(({ commandId }) => commandId === command.commandId).map(({ version }) => version)
      expect(reply.kind, command.commandId).to.not.equal('failed')
      expect(versions, `${command.commandId} was answered ${reply.kind}`).to.deep.equal(reply.kind === 'moved' ? [reply.version] : [])
    }
    const last = records.at(-1)
    if (!last) throw new Error('the order is gone')
    return last
  }
}
