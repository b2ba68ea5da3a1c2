import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { ChannelContext, ChannelMode } from '../../machines/channel.ts'
import type { Account } from '../contract/account.ts'
import type { NotificationsView } from '../contract/notifications.ts'
import { requireRole } from './access.ts'
import { historyOf } from './log-reads.ts'

const SHOWN = 20

/** How much of the messages to customers is suspended, as the channel's records tell. */
export class Notifications {
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  /** @throws ApiError FORBIDDEN, LOG_UNAVAILABLE */
  async view(account: Account): Promise<NotificationsView> {
    requireRole(account, 'ops')
    const records = await historyOf(this.#log, { kind: 'channel', id: 'alimtalk' })
    const changes = records
      .filter(({ body }) => body.event.type === 'setMode')
      .slice(-SHOWN)
      .reverse()
      .map(changeOf)
    const [last] = changes
    return { mode: last?.mode ?? 'all', reason: last?.reason ?? '', ...(last ? { since: last.at } : {}), changes }
  }
}

const changeOf = ({ body: { state, at, by } }: Stored<ActorRecord>) => ({
  mode: state.value as ChannelMode,
  at,
  reason: (state.context as unknown as ChannelContext).reason,
  by: `${by.role}/${by.id}`,
})
