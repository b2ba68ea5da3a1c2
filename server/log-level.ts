import type { Logger } from 'pino'
import { type Alarm, type Clock, isoOf } from '../actors/clock.ts'
import type { Signals } from '../actors/signals.ts'
import { logLevelView } from './contract/log-level.ts'
import type { ProcessRole } from './contract/process.ts'

/** Where a gateway says what operators want logged. */
export const LOG_LEVEL = 'log.level'

export interface LogLevelOptions {
  readonly role: ProcessRole
  readonly signals: Pick<Signals, 'hear'>
  readonly clock: Clock
  readonly logger: Pick<Logger, 'level' | 'warn'>
}

/**
 * What this process logs, while operators want it otherwise than it is set.
 * L1. The newest wish counts, until its time is over; then the setting does again, whoever is away by then.
 * L2. Who wanted it, until when and why is a line of the log, written whatever the level was and becomes.
 */
export class LogLevel {
  readonly #options: LogLevelOptions
  readonly #setting: string
  readonly #hearing: { stop(): void }
  #alarm: Alarm | undefined

  constructor(options: LogLevelOptions) {
    this.#options = options
    this.#setting = options.logger.level
    this.#hearing = options.signals.hear<unknown>(LOG_LEVEL, (_subject, body) => this.#take(body))
  }

  stop(): void {
    this.#hearing.stop()
    this.#alarm?.cancel()
    this.#options.logger.level = this.#setting
  }

  /** A wish that a gateway of another release words otherwise is passed over: nothing depends on it. */
  #take(body: unknown): void {
    const { data: wish } = logLevelView.safeParse(body)
    const { role, clock } = this.#options
    if (!wish || (wish.process !== undefined && wish.process !== role)) return
    const forMs = Date.parse(wish.until) - clock.now()
    if (!(forMs > 0)) return
    this.#alarm?.cancel()
    this.#change(wish.level, { ...wish, until: isoOf(clock.now() + forMs) }, 'an operator changes what is logged')
    this.#alarm = clock.after(forMs, () => this.#change(this.#setting, {}, 'what is logged is as it was set again')) // L1
  }

  /** L2 */
  #change(level: string, facts: object, message: string): void {
    const { logger } = this.#options
    const from = logger.level
    logger.level = 'warn'
    logger.warn({ ...facts, from, level }, message)
    logger.level = level
  }
}
