import type { Role } from '../../server/contract/account.ts'
import type { Accounts, StoredAccount } from '../../server/gateway/accounts.ts'

/** The accounts' port in memory; `down` is PostgreSQL gone. */
export class MemoryAccounts implements Accounts {
  readonly #accounts = new Map<string, StoredAccount>()
  down = false

  async findAccount(role: Role, login: string): Promise<StoredAccount | undefined> {
    this.#mustBeUp()
    return this.#accounts.get(`${role}/${login}`)
  }

  async addAccount(account: StoredAccount): Promise<{ kind: 'added' | 'taken' }> {
    this.#mustBeUp()
    const key = `${account.role}/${account.login}`
    if (this.#accounts.has(key)) return { kind: 'taken' }
    this.#accounts.set(key, account)
    return { kind: 'added' }
  }

  #mustBeUp(): void {
    if (this.down) throw new Error('the database is down')
  }
}
