import { migrate } from '../db/migrate.ts'
import { openNats, type RoleParts } from './role.ts'

/** Makes the streams and the database what this version needs, and ends. */
export const migrateOnce = async (parts: RoleParts): Promise<undefined> => {
  const nats = await openNats(parts, 'migrate')
  await nats.ensureStreams()
  await nats.close()
  const ran = await migrate(parts.config.DATABASE_URL)
  parts.logger.info({ ran }, 'migrated')
}
