import type { Logger } from 'pino'
import type { Bucket } from '../../actors/bucket.ts'
import type { Log } from '../../actors/log.ts'
import type { HostSign } from '../../actors/membership.ts'
import { shardsOf } from '../../actors/placement.ts'
import type { Services } from '../../actors/services.ts'
import { SHARDS } from '../../actors/shards.ts'
import type { Account } from '../contract/account.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { DrainBody, DrainView, HostsView } from '../contract/hosts.ts'
import { DRAINS, type Drain, drainSubject, type Wish } from '../drain.ts'
import { requireRole } from './access.ts'

export interface HostsServices {
  /** Where hosts sign. */
  readonly signs: Pick<Bucket<HostSign>, 'all'>
  readonly log: Pick<Log, 'newest'>
  readonly services: Pick<Services, 'ask'>
  readonly logger: Pick<Logger, 'warn'>
}

const SHOWN = 20
/** A host answers when its commands in hand have ended, each after 10 s at most. */
const LEAVES_WITHIN_MS = 12_000

const silent = failsAs('LOG_UNAVAILABLE')

/** The hosts as operators see them. Each call is for them alone. @throws ApiError FORBIDDEN for anybody else, LOG_UNAVAILABLE */
export class Hosts {
  readonly #services: HostsServices

  constructor(services: HostsServices) {
    this.#services = services
  }

  /** By the signs, from which every host draws the same conclusion: who has which shard. */
  async list(account: Account): Promise<HostsView> {
    requireRole(account, 'ops')
    const signs = await this.#services.signs.all().catch(silent)
    const names = [...signs.keys()].sort()
    const hosts = names.map(host => {
      const { since, machine, pid, kinds = [] } = signs.get(host) ?? {}
      return {
        host,
        ...(since === undefined ? {} : { since }),
        ...(machine === undefined ? {} : { machine }),
        ...(pid === undefined ? {} : { pid }),
        kinds: [...kinds],
        shards: shardsOf(host, names),
      }
    })
    return { shards: SHARDS, hosts, drains: await this.#drains().catch(silent) }
  }

  /** Answers when it has given its shards to the others. @throws ApiError NOT_FOUND, LAST_HOST, UNAVAILABLE when it does not answer */
  async drain(account: Account, host: string, { reason, force }: DrainBody): Promise<DrainView> {
    requireRole(account, 'ops')
    const { signs, services, logger } = this.#services
    const alive = await signs.all().catch(silent)
    if (!alive.has(host)) throw new ApiError('NOT_FOUND')
    if (alive.size === 1 && !force) throw new ApiError('LAST_HOST')
    const wish: Wish = { by: `ops/${account.id}`, why: reason, forced: alive.size === 1 }
    const answer = await services.ask(drainSubject(host), wish, LEAVES_WITHIN_MS)
    if (answer.kind !== 'answer') throw new ApiError('UNAVAILABLE')
    logger.warn({ requestId: account.requestId, host, ...wish }, 'a host was made to leave')
    return answer.body as Drain
  }

  async #drains(): Promise<Drain[]> {
    const drains: Drain[] = []
    for await (const { body } of this.#services.log.newest<Drain>(DRAINS)) drains.push(body)
    return drains.slice(-SHOWN).reverse()
  }
}
