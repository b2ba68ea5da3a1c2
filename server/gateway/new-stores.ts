import { isoOf } from '../../actors/clock.ts'
import type { Router } from '../../actors/router.ts'
import { type Account, sentBy } from '../contract/account.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { NewStoreBody } from '../contract/store-profile.ts'
import { requireRole } from './access.ts'
import type { Accounts } from './accounts.ts'
import { fingerprint } from './fingerprint.ts'
import { hashPassword } from './passwords.ts'
import { refusal } from './replies.ts'

export interface NewStoreServices {
  readonly accounts: Accounts
  readonly router: Pick<Router, 'ask'>
  readonly now: () => number
  readonly newId: () => string
}

/** Moves a store in: its actor, its menu's, and the account of its tablet. */
export class NewStores {
  readonly #services: NewStoreServices

  constructor(services: NewStoreServices) {
    this.#services = services
  }

  /**
   * The actors first, the account last: a store without an account can be repeated, and is when the same request comes again.
   * @throws ApiError FORBIDDEN, ALREADY_EXISTS when another store has the id, LOGIN_TAKEN, UNAVAILABLE
   */
  async moveIn(account: Account, { id: wanted, profile, items, login, password }: NewStoreBody): Promise<{ id: string; login: string }> {
    requireRole(account, 'ops')
    const { accounts, newId, now } = this.#services
    if (await accounts.findAccount('store', login).catch(failsAs('UNAVAILABLE'))) throw new ApiError('LOGIN_TAKEN')
    const id = wanted ?? `store-${newId()}`
    await this.#register(account, 'store', id, { profile })
    await this.#register(account, 'menu', id, { items })
    const row = {
      role: 'store',
      id,
      login,
      passwordHash: await hashPassword(password),
      name: profile.name,
      createdAt: new Date(now()),
    } as const
    const added = await accounts.addAccount(row).catch(failsAs('UNAVAILABLE'))
    if (added.kind === 'taken') throw new ApiError('LOGIN_TAKEN')
    return { id, login }
  }

  async #register(account: Account, kind: 'store' | 'menu', id: string, event: object): Promise<void> {
    const { router, now } = this.#services
    // Named after what it says: the same again is a repeat, anything else under the id is somebody else's store.
    const commandId = `register:${fingerprint(event)}`
    const reply = await router.ask({
      commandId,
      address: { kind, id },
      event: { type: 'register', ...event },
      ...sentBy(account),
      at: isoOf(now()),
    })
    if (reply.kind !== 'moved') throw refusal(reply, 'NOT_FOUND')
  }
}
