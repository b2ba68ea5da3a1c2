import type { MigrationObject } from '@mikro-orm/postgresql'
import { Migration0001ReadModel } from './migrations/0001-read-model.ts'
import { Migration0002OrderSearch } from './migrations/0002-order-search.ts'
import { Migration0003Archive } from './migrations/0003-archive.ts'
import { Migration0004LighterOrders } from './migrations/0004-lighter-orders.ts'
import { Migration0005CatalogueCopy } from './migrations/0005-catalogue-copy.ts'
import { Migration0006Correlation } from './migrations/0006-correlation.ts'
import { Migration0007ArchiveDayForSome } from './migrations/0007-archive-day-for-some.ts'
import { Migration0008Cells } from './migrations/0008-cells.ts'

/** Every migration there is, oldest first. A name that has run somewhere never changes. */
export const MIGRATIONS: MigrationObject[] = [
  { name: '0001-read-model', class: Migration0001ReadModel },
  { name: '0002-order-search', class: Migration0002OrderSearch },
  { name: '0003-archive', class: Migration0003Archive },
  { name: '0004-lighter-orders', class: Migration0004LighterOrders },
  { name: '0005-catalogue-copy', class: Migration0005CatalogueCopy },
  { name: '0006-correlation', class: Migration0006Correlation },
  { name: '0007-archive-day-for-some', class: Migration0007ArchiveDayForSome },
  { name: '0008-cells', class: Migration0008Cells },
]
