import type { MikroORM } from '@mikro-orm/postgresql'
import type { Role } from '../contract/account.ts'
import { Account } from './entities.ts'

export interface AccountRow {
  readonly role: Role
  /** Unique within the role. */
  readonly login: string
  /** The customer, store, rider or operator it speaks for; unique within the role, too. */
  readonly id: string
  readonly passwordHash: string
  readonly name: string
  readonly createdAt: Date
}

/** Who may sign in. All of these throw when PostgreSQL is away. */
export class Accounts {
  readonly #orm: MikroORM

  constructor(orm: MikroORM) {
    this.#orm = orm
  }

  async findAccount(role: Role, login: string): Promise<AccountRow | undefined> {
    return (await this.#orm.em.fork().findOne(Account, { role, login })) ?? undefined
  }

  /** `taken`: the role has an account of this login, or of this id; nothing was written. */
  async addAccount(account: AccountRow): Promise<{ readonly kind: 'added' | 'taken' }> {
    const { affectedRows } = await this.#orm.em
      .fork()
      .execute<{ affectedRows: number }>(
        `insert into account (role, login, id, password_hash, name, created_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
        [account.role, account.login, account.id, account.passwordHash, account.name, account.createdAt.toISOString()],
        'run',
      )
    return { kind: affectedRows === 1 ? 'added' : 'taken' }
  }

  /** Adds what is missing and renews the rest, by role and login: seeding twice is seeding once. */
  async upsertAccounts(accounts: readonly AccountRow[]): Promise<void> {
    if (accounts.length === 0) return
    await this.#orm.em.fork().upsertMany(Account, [...accounts], {
      onConflictFields: ['role', 'login'],
      onConflictAction: 'merge',
      onConflictExcludeFields: ['createdAt'],
    })
  }
}
