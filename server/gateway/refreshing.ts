import type { Bucket } from '../../actors/bucket.ts'
import type { Account } from '../contract/account.ts'
import type { SessionView } from '../contract/accounts.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { Endings } from './endings.ts'
import type { RefreshPass, Tokens } from './tokens.ts'

/** What is kept of a session: how often it was refreshed, and when last. */
export interface SessionEntry {
  readonly turn: number
  readonly turnedMs: number
}
export const SESSIONS = 'sessions'

export interface RefreshingOptions {
  readonly bucket: Bucket<SessionEntry>
  readonly tokens: Tokens
  readonly endings: Pick<Endings, 'end'>
  readonly now: () => number
  readonly newId: () => string
}

/** An answer may be lost on its way: for so long the refresh token before the last is good once more. */
const GRACE_MS = 30_000

/**
 * Sessions that outlive their tokens. Each refresh token is good once (RFC 9700, 4.14): a second use, later than a lost answer explains, means
 * that somebody has a copy, and nobody knows who is who, so the session is over for both.
 */
export class Refreshing {
  readonly #options: RefreshingOptions

  constructor(options: RefreshingOptions) {
    this.#options = options
  }

  /** @throws ApiError UNAVAILABLE when it cannot be kept */
  async begin(account: Account): Promise<SessionView> {
    const sessionId = this.#options.newId()
    return this.#turn(account, sessionId, 0)
  }

  /** @throws ApiError UNAUTHENTICATED when the session is over, TOKEN_EXPIRED, UNAVAILABLE */
  async refresh(refreshToken: string): Promise<SessionView> {
    const { bucket, tokens, now } = this.#options
    const pass = await tokens.readRefresh(refreshToken)
    const kept = await bucket.get(keyOf(pass.account, pass.sessionId)).catch(failsAs('UNAVAILABLE'))
    if (!kept) throw new ApiError('UNAUTHENTICATED')
    if (pass.turn === kept.turn) return this.#turn(pass.account, pass.sessionId, kept.turn + 1)
    if (pass.turn === kept.turn - 1 && now() - kept.turnedMs <= GRACE_MS) return this.#view(pass.account, pass.sessionId, kept.turn)
    await this.#stolen(pass)
    throw new ApiError('UNAUTHENTICATED')
  }

  /** One of the account's sessions, or all of them. @param by who ends it @throws ApiError UNAVAILABLE */
  async end(account: Account, sessionId: string | undefined, by: Account, reason: string): Promise<void> {
    const { bucket, endings, now } = this.#options
    const all = sessionId === undefined ? await bucket.find(keyOf(account, '*')).catch(failsAs('UNAVAILABLE')) : undefined
    const keys = sessionId === undefined ? [...(all?.keys() ?? [])] : [keyOf(account, sessionId)]
    await Promise.all(keys.map(key => bucket.delete(key))).catch(failsAs('UNAVAILABLE'))
    const ending = { account: named(account), beforeMs: now(), by: named(by), reason }
    await endings.end({ ...ending, ...(sessionId === undefined ? {} : { sessionId }) }).catch(failsAs('UNAVAILABLE'))
  }

  #stolen({ account, sessionId }: RefreshPass): Promise<void> {
    return this.end(account, sessionId, { role: 'ops', id: 'gateway' }, 'a refresh token was used twice')
  }

  async #turn(account: Account, sessionId: string, turn: number): Promise<SessionView> {
    const { bucket, now } = this.#options
    await bucket.put(keyOf(account, sessionId), { turn, turnedMs: now() }).catch(failsAs('UNAVAILABLE'))
    return this.#view(account, sessionId, turn)
  }

  async #view({ role, id }: Account, sessionId: string, turn: number): Promise<SessionView> {
    const { tokens } = this.#options
    const [token, refreshToken] = await Promise.all([
      tokens.issue({ role, id }, sessionId),
      tokens.issueRefresh({ role, id }, sessionId, turn),
    ])
    return { token, role, id, refreshToken, expiresAt: new Date(tokens.expiresMs).toISOString() }
  }
}

/** An account's keys begin alike, so that all its sessions are found together. */
const keyOf = ({ role, id }: Account, sessionId: string): string => `${role}.${id}.${sessionId}`
const named = ({ role, id }: Account): Pick<Account, 'role' | 'id'> => ({ role, id })
