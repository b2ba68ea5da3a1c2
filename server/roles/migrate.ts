import { migrate } from '../db/migrate.ts'
import { openNats, type RoleParts } from './role.ts'

/** Makes the streams, the database and its roles what this version needs, and ends. Comes to PostgreSQL as the owner of the tables. */
export const migrateOnce = async (parts: RoleParts): Promise<undefined> => {
  const nats = await openNats(parts, 'migrate')
  await nats.ensureStreams()
  await nats.close()
  const { DATABASE_URL, DATABASE_WEB_PASSWORD: web, DATABASE_PROJECTOR_PASSWORD: projector } = parts.config
  const ran = await migrate(DATABASE_URL, { web, projector })
  parts.logger.info({ ran }, 'migrated')
}
