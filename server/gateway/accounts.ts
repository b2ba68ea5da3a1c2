import type { Role } from '../contract/account.ts'

export interface StoredAccount {
  readonly role: Role
  readonly login: string
  readonly id: string
  readonly passwordHash: string
  readonly name: string
  readonly createdAt: Date
}

/** The port to the accounts, kept in PostgreSQL (`server/db/accounts.ts`). */
export interface Accounts {
  findAccount(role: Role, login: string): Promise<StoredAccount | undefined>
  /** `taken`: the role already has this login; nothing was written. */
  addAccount(account: StoredAccount): Promise<{ readonly kind: 'added' | 'taken' }>
}
