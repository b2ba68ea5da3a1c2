import type { Logger } from 'pino'
import type { Tracer } from '../../actors/tracing.ts'
import type { SettingsView } from '../contract/settings.ts'
import type { Board } from '../gateway/board.ts'
import type { Breakers } from '../gateway/breakers.ts'
import type { Budgets } from '../gateway/budgets.ts'
import type { Catalogue } from '../gateway/catalogue.ts'
import type { Commands } from '../gateway/commands.ts'
import type { Endings } from '../gateway/endings.ts'
import type { Entities } from '../gateway/entities.ts'
import type { Hosts } from '../gateway/hosts.ts'
import type { NewStores } from '../gateway/new-stores.ts'
import type { Notifications } from '../gateway/notifications.ts'
import type { Ops } from '../gateway/ops.ts'
import type { Orders } from '../gateway/orders.ts'
import type { PaymentHints } from '../gateway/payment-hints.ts'
import type { Positions } from '../gateway/positions.ts'
import type { Reachable } from '../gateway/reachable.ts'
import type { Reports } from '../gateway/reports.ts'
import type { Sales } from '../gateway/sales.ts'
import type { Sessions } from '../gateway/sessions.ts'
import type { StoreNames } from '../gateway/store-names.ts'
import type { Stores } from '../gateway/stores.ts'
import type { Watch } from '../gateway/watch.ts'
import type { HealthChecks } from '../health.ts'
import type { RequestMetrics } from '../metrics/requests.ts'

/** What the HTTP door stands in front of. */
export interface HttpServices {
  readonly logger: Logger
  readonly now: () => number
  readonly newId: () => string
  readonly tokens: Pick<Endings, 'pass'>
  readonly budgets: Budgets
  /** Proxies of ours in front. */
  readonly proxies: number
  /** Origins of pages that may ask from elsewhere. */
  readonly origins: readonly string[]
  readonly sessions: Sessions
  readonly catalogue: Catalogue
  readonly storeNames: Pick<StoreNames, 'search'>
  readonly commands: Pick<Commands, 'execute'>
  readonly orders: Orders
  readonly entities: Entities
  readonly stores: Stores
  readonly sales: Pick<Sales, 'of'>
  readonly newStores: NewStores
  readonly ops: Ops
  readonly breakers: Breakers
  readonly watch: Watch
  readonly hosts: Hosts
  readonly positions: Pick<Positions, 'report' | 'of'>
  readonly board: Pick<Board, 'near'>
  readonly reachable: Reachable
  readonly notifications: Pick<Notifications, 'view'>
  readonly reports: Pick<Reports, 'take'>
  readonly hints: Pick<PaymentHints, 'take'>
  readonly health: HealthChecks
  /** What the apps are told before anybody has signed in. */
  readonly settings: SettingsView
  /** Where the apps were built; absent: no pages are served. */
  readonly appsDir?: string
  readonly metrics: Pick<RequestMetrics, 'http'>
  readonly tracer?: Tracer | undefined
}
