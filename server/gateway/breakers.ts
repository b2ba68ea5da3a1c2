import { randomUUID } from 'node:crypto'
import { isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Router } from '../../actors/router.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import { isBreakerName, type Verdict, verdictOf } from '../breakers/verdict.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import { type Account, byOf } from '../contract/account.ts'
import type { BreakerChangeView, BreakerView, ForceBody } from '../contract/breakers.ts'
import { ApiError } from '../contract/errors.ts'
import { requireRole } from './access.ts'
import { historyOf } from './log-reads.ts'
import { refusal } from './replies.ts'

export interface BreakerServices {
  readonly log: Log
  /** Where the records are that the log has let go of. */
  readonly archive?: { breakerRecords(name: string, below: number, limit: number): Promise<readonly ActorRecord[]> }
  readonly router: Pick<Router, 'ask'>
  readonly verdicts: Verdicts
  readonly now: () => number
}

const SHOWN = 100
/** Of the archive: a breaker writes other records, too, two for each probe. */
const LOOKED_AT = 1_000

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

  /** Newest first. The archive is asked for what the log has let go of; while it is away that is left out. @throws ApiError FORBIDDEN, NOT_FOUND, LOG_UNAVAILABLE */
  async history(account: Account, name: string): Promise<readonly BreakerChangeView[]> {
    requireRole(account, 'ops')
    if (!isBreakerName(name)) throw new ApiError('NOT_FOUND')
    const { log, archive } = this.#services
    const kept = (await historyOf(log, addressOf(name))).map(({ body }) => body)
    const first = kept[0]?.version ?? 1
    const older = first > 1 && archive ? await archive.breakerRecords(name, first, LOOKED_AT).catch(() => []) : []
    return changesIn([...older.toReversed(), ...kept])
      .slice(-SHOWN)
      .reverse()
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

/** A record in which the breaker came into a state, or into another step of its ramp. */
const changesIn = (records: readonly ActorRecord[]): BreakerChangeView[] => {
  const changes: BreakerChangeView[] = []
  let before: string | undefined
  for (const { id, version, state, at, by } of records) {
    const verdict = verdictOf({ id, version, state })
    // A state and a step may begin in one instant, and a report of settings or of a probe changes none of these.
    const now = [verdict.since, verdict.state, verdict.share, verdict.forced].join()
    // Of the oldest that is left nobody knows what was before it: it is a change if it says so itself.
    if (before === undefined ? version === 1 || verdict.since === at : now !== before)
      changes.push({
        version,
        state: verdict.state,
        at,
        by: `${by.role}/${by.id}`,
        reason: verdict.reason,
        forced: verdict.forced,
        share: verdict.share,
      })
    before = now
  }
  return changes
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
