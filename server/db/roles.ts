import type { MikroORM } from '@mikro-orm/postgresql'
import { nativePool, type Session } from './native-pool.ts'
import { scramOf } from './scram.ts'

/** Each process that works on the database and is not its owner. */
export type DatabaseRole = 'web' | 'projector'
/** Absent or empty: the role is left as it is, be it there or not. */
export type RolePasswords = Readonly<Partial<Record<DatabaseRole, string>>>

/**
 * Who may do what, and nothing else: a gateway that was taken over changes no order in the lists, a projector reads no password.
 * R1. What a role had before is taken from it first: a right that is gone from here is gone from the database.
 * R2. All of it at once: who works meanwhile never finds himself without his rights.
 */
const RIGHTS: Readonly<Record<DatabaseRole, readonly string[]>> = {
  web: [
    'select on order_view, order_event, store_view, menu_item_view, record_archive, position, account',
    'insert on account', // who registers; nobody renames or deletes an account by the gateway
  ],
  projector: [
    'select, insert, update on position, order_view, store_view, menu_view',
    'select, insert, update, delete on menu_item_view', // a menu is written whole
    'insert on order_event, record_archive',
    'execute on function archive_day',
  ],
}
const TABLES = 'order_view, order_event, store_view, menu_view, menu_item_view, record_archive, position, account'

/** As it is called in PostgreSQL, where roles are the server's and not the database's: one house to a server. */
const nameOf = (role: DatabaseRole): string => `baedal_${role}`

/**
 * Makes the roles and gives them their passwords and their rights. To be called by the owner of the tables, who must also be allowed
 * to make roles. Safe to repeat; not at the same time (see `migrate`).
 * @throws when PostgreSQL refuses: nothing was changed
 */
export const setRoles = async (orm: MikroORM, passwords: RolePasswords): Promise<void> => {
  const session = await (await nativePool(orm)).connect()
  try {
    await session.query('begin')
    for (const role of ['web', 'projector'] as const) {
      const password = passwords[role]
      if (password) await setRole(session, role, password)
    }
    await session.query('commit') // R2
  } finally {
    session.release(true) // with the connection goes what was not committed
  }
}

const setRole = async (session: Session, role: DatabaseRole, password: string): Promise<void> => {
  const name = nameOf(role)
  const { rows } = await session.query('select from pg_roles where rolname = $1', [name])
  if (rows.length === 0) await session.query(`create role ${name}`)
  await session.query(`alter role ${name} login password '${scramOf(password)}'`)
  await session.query(`revoke all on ${TABLES} from ${name}`) // R1
  await session.query(`revoke all on function archive_day from ${name}`)
  for (const right of RIGHTS[role]) await session.query(`grant ${right} to ${name}`)
}
