import type { Logger } from 'pino'
import type { Router } from '../../actors/router.ts'
import { type Account, sentBy } from '../contract/account.ts'
import type { AccountBody, SessionBody, SessionView } from '../contract/accounts.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import { requireRole } from './access.ts'
import type { Accounts } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import type { Refreshing } from './refreshing.ts'
import { refusal } from './replies.ts'

export interface SessionServices {
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly refreshing: Refreshing
  readonly logger: Pick<Logger, 'info'>
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
    const { accounts, attempts, refreshing } = this.#services
    const name = `${role}/${login}`
    attempts.check(name, address)
    const account = await accounts.findAccount(role, login).catch(failsAs('UNAVAILABLE'))
    if (!(await verifyPassword(account?.passwordHash, password)) || !account) {
      attempts.failed(name, address)
      throw new ApiError('WRONG_CREDENTIALS')
    }
    attempts.succeeded(name, address)
    return refreshing.begin({ role, id: account.id })
  }

  /**
   * First the actor, then the account: an actor without an account is harmless, an account without an actor could not order.
   * @throws ApiError LOGIN_TAKEN, UNAVAILABLE
   */
  async register({ role, login, password, name, phone }: AccountBody, requestId?: string): Promise<SessionView> {
    const { accounts, refreshing, router, now, newId } = this.#services
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
    return refreshing.begin(account)
  }

  /** The next token of a session. @throws ApiError UNAUTHENTICATED when it is over, TOKEN_EXPIRED, UNAVAILABLE */
  refresh(refreshToken: string): Promise<SessionView> {
    return this.#services.refreshing.refresh(refreshToken)
  }

  /** The session itself, or all of the account's: their sockets are cut, wherever they are. @throws ApiError UNAVAILABLE */
  async signOut(account: Account, sessionId: string | undefined): Promise<void> {
    await this.#services.refreshing.end(account, sessionId, account, 'signed out')
  }

  /** Operators only. @throws ApiError FORBIDDEN, UNAVAILABLE */
  async expel(by: Account, account: Account, reason: string): Promise<void> {
    requireRole(by, 'ops')
    await this.#services.refreshing.end(account, undefined, by, reason)
    this.#services.logger.info(
      { audit: 'sign-out', account, by: { role: by.role, id: by.id }, reason, requestId: by.requestId },
      'signed out by an operator',
    )
  }
}
