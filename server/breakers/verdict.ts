import type { ActorRecord } from '../../actors/record.ts'
import { BREAKER_NAMES, type BreakerContext, type BreakerName } from '../../machines/breaker.ts'
import type { BreakerSettings } from '../../machines/breaker-figures.ts'

/** What the fleet's breaker says of one operation, as workers and gateways keep it. */
export interface Verdict {
  readonly name: BreakerName
  readonly version: number
  readonly state: 'closed' | 'open' | 'halfOpen'
  /** Share of the usual number of calls that may be under way: 0…1. While probing 0, but for the one who holds the lease. */
  readonly share: number
  readonly probing: boolean
  /** ISO 8601 UTC. */
  readonly since: string
  readonly reason: string
  /** By an operator. */
  readonly forced: boolean
  /** While open: when it tries again. */
  readonly openUntil?: string
  readonly settings: BreakerSettings
}

const STATES: Readonly<Record<string, Verdict['state']>> = {
  closed: 'closed',
  forcedClosed: 'closed',
  open: 'open',
  forcedOpen: 'open',
  probing: 'halfOpen',
  ramping: 'halfOpen',
}

export const isBreakerName = (name: string): name is BreakerName => (BREAKER_NAMES as readonly string[]).includes(name)

/** @throws Error when it is no record of a breaker that we know */
export const verdictOf = ({ id, version, state }: Pick<ActorRecord, 'id' | 'version' | 'state'>): Verdict => {
  const known = typeof state.value === 'string' ? STATES[state.value] : undefined
  if (!isBreakerName(id) || known === undefined) throw new Error(`no breaker: ${id} ${JSON.stringify(state.value)}`)
  const { share, since, reason, forcedBy, openUntil, settings } = state.context as unknown as BreakerContext
  return {
    name: id,
    version,
    state: known,
    share,
    probing: state.value === 'probing',
    since,
    reason,
    forced: forcedBy !== undefined,
    ...(known === 'open' && openUntil !== undefined && forcedBy === undefined ? { openUntil } : {}),
    settings,
  }
}
