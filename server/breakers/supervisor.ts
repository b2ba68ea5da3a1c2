import type { Logger } from 'pino'
import { type Alarm, type Clock, isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { Signals } from '../../actors/signals.ts'
import { BREAKER_NAMES, type BreakerName } from '../../machines/breaker.ts'
import { type BreakerSettings, troubleIn } from '../../machines/breaker-figures.ts'
import { REPORTS, type Report } from './report.ts'
import { isBreakerName, type Verdict } from './verdict.ts'
import { Verdicts } from './verdicts.ts'
import { Window } from './window.ts'
import { type Room, WORD, WORD_EVERY_MS } from './word.ts'

export interface SupervisorOptions {
  readonly log: Log
  readonly router: Router
  readonly signals: Signals
  readonly clock: Clock
  /** 0…1. */
  readonly random: () => number
  /** A name of this process. */
  readonly host: string
  readonly settings: BreakerSettings
  readonly logger: Pick<Logger, 'warn' | 'info'>
}

/** The consumer whose backlog is the waiting room. */
const CONFIRMS = { stream: 'ORDERS', durable: 'fx-confirmPayment' } as const

/**
 * Adds up what the workers report and tells the breakers' actors what they should know. Every host has one, all hear the same and
 * conclude the same; an actor takes the first of them, so there is nothing to elect, and a host that dies takes nothing with it.
 * S1. Only the actor decides: what is sent here is figures, under an id that its version makes the same in every host.
 * S2. Calls that ended before the breaker came into its state do not count against it.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #verdicts: Verdicts
  readonly #windows = new Map<BreakerName, Window>(BREAKER_NAMES.map(name => [name, new Window()]))
  readonly #telling = new Set<BreakerName>()
  readonly #hearing: { stop(): void }
  #alarm: Alarm | undefined
  #room: Room | undefined
  #stopped = false

  private constructor(options: SupervisorOptions, verdicts: Verdicts) {
    this.#options = options
    this.#verdicts = verdicts
    this.#hearing = options.signals.hear<Report>(REPORTS, (_subject, report) => this.#take(report))
    this.#speak()
  }

  /** Makes the breakers that are not there yet, and gives all of them their settings. @throws when the log does not answer */
  static async open(options: SupervisorOptions): Promise<Supervisor> {
    const verdicts = await Verdicts.open({ log: options.log, signals: options.signals, now: () => options.clock.now() })
    const supervisor = new Supervisor(options, verdicts)
    for (const name of BREAKER_NAMES) await supervisor.#configure(name)
    return supervisor
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#alarm?.cancel()
    this.#hearing.stop()
    await this.#verdicts.stop()
  }

  #take(report: Report): void {
    if (!isBreakerName(report.name)) return
    const nowMs = this.#options.clock.now()
    this.#windows.get(report.name)?.take(report, nowMs)
    const verdict = this.#verdicts.of(report.name)
    if (!verdict || verdict.forced || verdict.probing || verdict.state === 'open') return
    if (report.misconfigured !== undefined) return void this.#tell(verdict, { type: 'misconfigured', code: report.misconfigured })
    const figures = this.#windows.get(report.name)?.figures(nowMs, verdict.settings, Date.parse(verdict.since)) // S2
    if (figures && troubleIn(figures, verdict.settings)) void this.#tell(verdict, { type: 'observed', figures })
  }

  /** S1 */
  async #tell({ name, version }: Verdict, event: Event): Promise<void> {
    if (this.#telling.has(name)) return
    this.#telling.add(name)
    const random = this.#options.random()
    const reply = await this.#ask(name, `${event.type}:${name}:${version}`, { ...event, random }).finally(() => this.#telling.delete(name))
    if (reply.kind === 'moved' && !reply.repeated)
      this.#options.logger.warn({ breaker: name, state: reply.state.value, ...event }, 'a breaker has opened')
  }

  async #configure(name: BreakerName): Promise<void> {
    const { settings } = this.#options
    await this.#ask(name, `register:${name}`, { type: 'register', settings })
    const known = this.#verdicts.of(name)?.settings
    if (known && JSON.stringify(known) === JSON.stringify(settings)) return
    await this.#ask(name, `configure:${name}:${this.#options.host}`, { type: 'configure', settings })
  }

  #ask(name: BreakerName, commandId: string, event: Event) {
    const { router, clock, host } = this.#options
    const by = { role: 'system', id: host } as const
    return router.ask({ commandId, address: { kind: 'breaker', id: name }, event, by, at: isoOf(clock.now()) })
  }

  #speak(): void {
    const { signals, host, clock } = this.#options
    signals.announce(WORD, { host, verdicts: this.#verdicts.all, ...(this.#room ? { room: this.#room } : {}) })
    void this.#count()
    if (!this.#stopped) this.#alarm = clock.after(WORD_EVERY_MS, () => this.#speak())
  }

  async #count(): Promise<void> {
    const { log, clock } = this.#options
    const backlog = await log.backlog(CONFIRMS.stream, CONFIRMS.durable).catch(() => undefined) // no worker has ever been there, or the log is away
    const perS = this.#windows.get('confirm')?.perS(clock.now()) ?? 0
    this.#room = backlog && { ...backlog, perS }
  }
}
