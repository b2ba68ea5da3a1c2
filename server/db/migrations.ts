import type { MigrationObject } from '@mikro-orm/postgresql'
import { Migration0001ReadModel } from './migrations/0001-read-model.ts'
import { Migration0002OrderSearch } from './migrations/0002-order-search.ts'

/** Every migration there is, oldest first. A name that has run somewhere never changes. */
export const MIGRATIONS: MigrationObject[] = [
  { name: '0001-read-model', class: Migration0001ReadModel },
  { name: '0002-order-search', class: Migration0002OrderSearch },
]
