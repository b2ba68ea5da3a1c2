import type { BreakerView } from '../../../server/contract/breakers.ts'
import type { HostsView } from '../../../server/contract/hosts.ts'
import type { NotificationsView } from '../../../server/contract/notifications.ts'
import type { AlarmView, DeadLetterView } from '../../../server/contract/ops.ts'
import type { FiguresView, LagView, OpenOrdersView, WaitingRoomView } from '../../../server/contract/watch.ts'

/** What was asked, and how that went: neither is there before the first answer. */
export interface Source<T> {
  readonly data?: T | undefined
  readonly error?: unknown
}

export interface LetterPage {
  readonly items: readonly DeadLetterView[]
  readonly nextCursor: string | null
}

/** Everything by which one judges how the whole is doing. */
export interface Sources {
  readonly breakers: Source<readonly BreakerView[]>
  readonly alarms: Source<readonly AlarmView[]>
  readonly room: Source<WaitingRoomView>
  readonly open: Source<OpenOrdersView>
  readonly lag: Source<LagView>
  readonly hosts: Source<HostsView>
  readonly letters: Source<LetterPage>
  readonly messages: Source<NotificationsView>
  readonly figures: Source<FiguresView>
}
export type SourceName = keyof Sources
