import { Migrator } from '@mikro-orm/migrations'
import { MIGRATIONS } from './migrations.ts'
import { openOrm } from './orm.ts'
import { type RolePasswords, setRoles } from './roles.ts'
import { takeTurn } from './turn.ts'

/**
 * Brings the database to the newest migration, all or nothing. Safe to repeat and safe to run twice at once: the second
 * waits for the first and finds nothing left to do.
 * @param databaseUrl of the tables' owner
 * @param passwords of the roles that are to be made, or given what this version has for them (`setRoles`)
 * @param upTo the last migration to run; default: the newest
 * @returns the names of the migrations that ran now
 * @throws when PostgreSQL cannot be reached, or refuses one
 */
export const migrate = async (databaseUrl: string, passwords: RolePasswords = {}, upTo?: string): Promise<readonly string[]> => {
  // One connection holds the turn, one does the work. An index over years of orders takes longer than any query may.
  const orm = await openOrm({ databaseUrl, poolMax: 2, statementTimeoutMs: 0 })
  orm.config.set('migrations', { ...orm.config.get('migrations'), migrationsList: MIGRATIONS, snapshot: false, silent: true })
  try {
    const turn = await takeTurn(orm, 'migrations')
    const working = async () => {
      const ran = await new Migrator(orm.em).up(upTo === undefined ? {} : { to: upTo })
      await setRoles(orm, passwords)
      return ran
    }
    const ran = await working().finally(() => turn.release())
    await orm.close()
    return ran.map(({ name }) => name)
  } catch (error) {
    // Not waited for: a connection that broke within a transaction never comes back to be closed.
    void orm.close()
    throw error
  }
}
