import type { Logger } from 'pino'
import { Gauge } from 'prom-client'
import { type Alarm, type Clock, isoOf } from '../../actors/clock.ts'
import type { Event, Reply } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import { CHANNEL_MODES, type ChannelMode } from '../../machines/channel.ts'
import { type Judgement, Load, type LoadLimits } from './notifier-load.ts'
import type { Waiting } from './notifier-waiting.ts'

export interface ModeOptions {
  readonly log: Pick<Log, 'latest'>
  readonly router: Pick<Router, 'ask'>
  readonly clock: Clock
  readonly newId: () => string
  readonly logger: Logger
  readonly limits: LoadLimits
  readonly waiting: Waiting
}

/** The actor whose records tell of suspensions. */
export const ALIMTALK = { kind: 'channel', id: 'alimtalk' } as const

const LOOK_EVERY_MS = 1_000
/** Short, for whoever stops waits for the one that is under way. */
const ASK_WITHIN_MS = 2_000
/** Changes not recorded yet; beyond it the oldest is lost, never the newest. */
const MOST_UNRECORDED = 20

const gauge = new Gauge({ name: 'notifications_mode', help: 'How much is suspended: 0 nothing, 1 SMS, 2 all but the newest status' })
const waitingGauge = new Gauge({ name: 'notifications_waiting', help: 'Messages that wait for the provider or for their turn' })

/**
 * How much goes out, by the load, looked at every second, so that it resumes though nothing comes.
 * M1. Each change is recorded by the channel's actor, in order; that nobody hosts it now holds nothing up.
 * M2. A notifier that starts goes on where the last one left off.
 */
export class Mode {
  readonly #options: ModeOptions
  readonly #load: Load
  readonly #unrecorded: { readonly commandId: string; readonly event: Event; readonly at: string }[] = []
  #recording: Promise<void> | undefined
  #alarm: Alarm | undefined
  /** The age of the oldest that waits, as of the last look. */
  #waitingMs = 0

  private constructor(options: ModeOptions, load: Load) {
    this.#options = options
    this.#load = load
  }

  static async open(options: ModeOptions): Promise<Mode> {
    const last = await options.log.latest(ALIMTALK)
    const mode = new Mode(
      options,
      new Load(
        options.limits,
        CHANNEL_MODES.find(known => known === last?.body.state.value),
      ),
    ) // M2
    mode.#look()
    return mode
  }

  get now(): ChannelMode {
    return this.#load.mode
  }

  called(tookMs: number): void {
    this.#load.called(this.#options.clock.now(), tookMs)
    this.#judge()
  }

  read(delayMs: number): void {
    this.#load.read(this.#options.clock.now(), delayMs)
    this.#judge()
  }

  async stop(): Promise<void> {
    this.#alarm?.cancel()
    await this.#recording
  }

  #look(): void {
    const { clock, waiting } = this.#options
    this.#waitingMs = waiting.ageMs(clock.now())
    gauge.set(CHANNEL_MODES.indexOf(this.now))
    waitingGauge.set(waiting.size)
    this.#judge()
    if (this.#unrecorded.length > 0) this.#startRecording()
    this.#alarm = clock.after(LOOK_EVERY_MS, () => this.#look())
  }

  #judge(): void {
    const from = this.now
    const changed = this.#load.judge(this.#options.clock.now(), this.#waitingMs)
    if (!changed) return
    this.#options.logger.warn({ from, to: changed.mode, reason: changed.reason }, 'notifications change their mode')
    gauge.set(CHANNEL_MODES.indexOf(this.now))
    this.#note(changed)
    this.#startRecording()
  }

  #note({ mode, reason }: Judgement): void {
    const { newId, clock } = this.#options
    this.#unrecorded.push({ commandId: `setMode:${newId()}`, event: { type: 'setMode', mode, reason }, at: isoOf(clock.now()) })
    if (this.#unrecorded.length > MOST_UNRECORDED) this.#unrecorded.shift()
  }

  #startRecording(): void {
    this.#recording ??= this.#record().finally(() => {
      this.#recording = undefined
    })
  }

  /** M1 */
  async #record(): Promise<void> {
    for (let next = this.#unrecorded[0]; next; next = this.#unrecorded[0]) {
      const reply = await this.#ask(next.commandId, next.event, next.at)
      if (reply.kind === 'refused' && reply.code === 'NOT_FOUND') {
        const made = await this.#ask('register:alimtalk', { type: 'register' }, next.at)
        if (made.kind === 'failed') return
        continue
      }
      if (reply.kind === 'failed') return // the next look tries again
      this.#unrecorded.shift() // one that is refused stands there already
    }
  }

  async #ask(commandId: string, event: Event, at: string): Promise<Reply> {
    const by = { role: 'system', id: 'notifier' } as const
    return await this.#options.router
      .ask({ commandId, address: ALIMTALK, event, by, at }, ASK_WITHIN_MS)
      .catch((error: unknown): Reply => ({ kind: 'failed', code: 'NO_HOST', retry: true, message: String(error) }))
  }
}
