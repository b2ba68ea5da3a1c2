import type { Router } from '../../actors/router.ts'
import { sentBy } from '../contract/account.ts'
import type { AccountBody, SessionBody, SessionView } from '../contract/accounts.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { Accounts } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { refusal } from './replies.ts'
import type { Tokens } from './tokens.ts'

export interface SessionServices {
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly tokens: Tokens
  readonly router: Router
  readonly now: () => number
  /** A new id, a subject token. */
  readonly newId: () => string
}

/** Signing in, and registering customers and riders. */
export class Sessions {
  readonly #services: SessionServices

  constructor(services: SessionServices) {
    this.#services = services
  }

  /** @param address the client's @throws ApiError WRONG_CREDENTIALS, TOO_MANY_REQUESTS after ten wrong passwords in a minute, UNAVAILABLE */
  async signIn({ role, login, password }: SessionBody, address: string): Promise<SessionView> {
    const { accounts, attempts, tokens } = this.#services
    const name = `${role}/${login}`
    attempts.check(name, address)
    const account = await accounts.findAccount(role, login).catch(failsAs('UNAVAILABLE'))
    if (!(await verifyPassword(account?.passwordHash, password)) || !account) {
      attempts.failed(name, address)
      throw new ApiError('WRONG_CREDENTIALS')
    }
    attempts.succeeded(name, address)
    return { token: await tokens.issue(account), role, id: account.id }
  }

  /**
   * First the actor, then the account: an actor without an account is harmless, an account without an actor could not order.
   * @throws ApiError LOGIN_TAKEN, UNAVAILABLE
   */
  async register({ role, login, password, name, phone }: AccountBody, requestId?: string): Promise<SessionView> {
    const { accounts, tokens, router, now, newId } = this.#services
    if (await accounts.findAccount(role, login).catch(failsAs('UNAVAILABLE'))) throw new ApiError('LOGIN_TAKEN')
    const account = { role, id: `${role}-${newId()}` }
    const passwordHash = await hashPassword(password)
    const reply = await router.ask({
      commandId: `register:${account.id}`,
      address: { kind: role, id: account.id },
      event: { type: 'register', name, phone },
      ...sentBy({ ...account, ...(requestId === undefined ? {} : { requestId }) }),
      at: new Date(now()).toISOString(),
    })
    if (reply.kind !== 'moved') throw refusal(reply, 'NOT_FOUND')
    const added = await accounts
      .addAccount({ ...account, login, passwordHash, name, createdAt: new Date(now()) })
      .catch(failsAs('UNAVAILABLE'))
    if (added.kind === 'taken') throw new ApiError('LOGIN_TAKEN')
    return { token: await tokens.issue(account), ...account }
  }
}
