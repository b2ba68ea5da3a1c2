import { isoOf } from '../../actors/clock.ts'
import type { Signals } from '../../actors/signals.ts'
import { type Account, byOf } from '../contract/account.ts'
import type { LogLevelBody, LogLevelView } from '../contract/log-level.ts'
import { LOG_LEVEL } from '../log-level.ts'
import { requireRole } from './access.ts'

export interface LogLevelServices {
  readonly signals: Pick<Signals, 'announce'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Says to processes what operators want logged. */
export class LogLevels {
  readonly #services: LogLevelServices

  constructor(services: LogLevelServices) {
    this.#services = services
  }

  /** @throws ApiError FORBIDDEN */
  set(account: Account, { process, level, minutes, reason }: LogLevelBody): LogLevelView {
    requireRole(account, 'ops')
    const { role, id } = byOf(account)
    const wish: LogLevelView = {
      ...(process === undefined ? {} : { process }),
      level,
      until: isoOf(this.#services.now() + minutes * 60_000),
      by: `${role}/${id}`,
      why: reason,
      ...(account.requestId === undefined ? {} : { requestId: account.requestId }),
    }
    this.#services.signals.announce(LOG_LEVEL, wish)
    return wish
  }
}
