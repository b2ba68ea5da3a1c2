import { randomUUID } from 'node:crypto'
import { isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import { isBreakerName, type Verdict, verdictOf } from '../breakers/verdict.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import { type Account, byOf } from '../contract/account.ts'
import type { BreakerView, ForceBody } from '../contract/breakers.ts'
import { ApiError } from '../contract/errors.ts'
import { requireRole } from './access.ts'
import { refusal } from './replies.ts'

export interface BreakerServices {
  readonly log: Log
  readonly router: Pick<Router, 'ask'>
  readonly verdicts: Verdicts
  readonly now: () => number
}

/** What operators see of the breakers, and their hand on them. Each call is for them alone. */
export class Breakers {
  readonly #services: BreakerServices

  constructor(services: BreakerServices) {
    this.#services = services
  }

  /** @throws ApiError FORBIDDEN */
  list(account: Account): readonly BreakerView[] {
    requireRole(account, 'ops')
    return this.#services.verdicts.all.map(breakerView)
  }

  /** Open or closed, until it is released. @throws ApiError FORBIDDEN, NOT_FOUND, UNAVAILABLE */
  force(account: Account, name: string, body: ForceBody): Promise<BreakerView> {
    return this.#tell(account, name, { type: 'force', ...body })
  }

  /** Lets it go by what workers see again. @throws ApiError FORBIDDEN, NOT_FOUND, REFUSED when nobody forces it, UNAVAILABLE */
  release(account: Account, name: string, reason: string): Promise<BreakerView> {
    return this.#tell(account, name, { type: 'release', reason })
  }

  async #tell(account: Account, name: string, event: Event): Promise<BreakerView> {
    requireRole(account, 'ops')
    if (!isBreakerName(name)) throw new ApiError('NOT_FOUND')
    const { router, now } = this.#services
    const commandId = `${event.type}:${account.id}:${randomUUID()}`
    const reply = await router.ask({ commandId, address: addressOf(name), event, by: byOf(account), at: isoOf(now()) })
    if (reply.kind !== 'moved') throw refusal(reply, 'NOT_FOUND')
    return breakerView(verdictOf({ id: name, version: reply.version, state: reply.state }))
  }
}

const addressOf = (name: BreakerName) => ({ kind: 'breaker', id: name }) as const

export const breakerView = ({ name, state, since, reason, forced, share, openUntil }: Verdict): BreakerView => ({
  name,
  state,
  since,
  reason,
  forced,
  share,
  ...(openUntil === undefined ? {} : { openUntil }),
})
