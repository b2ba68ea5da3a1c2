import type { Bucket } from '../../actors/bucket.ts'
import type { Signals } from '../../actors/signals.ts'
import type { Account } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { Pass, Tokens } from './tokens.ts'

/** One session, or all that an account has begun so far. */
export interface Ending {
  readonly account: Pick<Account, 'role' | 'id'>
  /** Absent: all of the account's. */
  readonly sessionId?: string
  /** Tokens issued up to then, ms since 1970, are good no longer. */
  readonly beforeMs: number
  /** Who ended it, and why. */
  readonly by: Pick<Account, 'role' | 'id'>
  readonly reason: string
}

const ANNOUNCED = 'session.ended'
export const ENDINGS = 'endings'

export interface EndingsOptions {
  /** Keeps each for as long as a token lives, and a little longer. */
  readonly bucket: Bucket<Ending>
  readonly signals: Signals
  readonly tokens: Tokens
}

/**
 * Tokens are good by themselves until they expire; these are the ones that are not. Each gateway knows all of them: it reads those that there are
 * when it opens, and hears of new ones.
 * E1. A token is good when it was signed by us, has not expired, and no ending covers it.
 * E2. An ending is kept before it is announced: who was deaf reads it.
 */
export class Endings {
  readonly #options: EndingsOptions
  readonly #sessions = new Map<string, Ending>()
  readonly #accounts = new Map<string, Ending>()
  readonly #listeners = new Set<(ending: Ending) => void>()
  readonly #hearing: { stop(): void }

  private constructor(options: EndingsOptions) {
    this.#options = options
    this.#hearing = options.signals.hear<Ending>(ANNOUNCED, (_subject, ending) => this.#take(ending))
  }

  /** @throws Error when the bucket cannot be read */
  static async open(options: EndingsOptions): Promise<Endings> {
    const endings = new Endings(options)
    await endings.reread()
    return endings
  }

  /** What was announced while we were deaf. */
  async reread(): Promise<void> {
    for (const ending of (await this.#options.bucket.all()).values()) this.#take(ending)
  }

  /** @throws ApiError UNAUTHENTICATED, TOKEN_EXPIRED */
  async verify(token: string): Promise<Account> {
    return (await this.pass(token)).account
  }

  /** E1 */
  async pass(token: string): Promise<Pass> {
    const pass = await this.#options.tokens.read(token)
    if (this.covers(pass)) throw new ApiError('UNAUTHENTICATED')
    return pass
  }

  covers({ account, sessionId, issuedMs }: Pass): boolean {
    const all = this.#accounts.get(nameOf(account))
    return (all !== undefined && issuedMs <= all.beforeMs) || (sessionId !== undefined && this.#sessions.has(sessionId))
  }

  /** Settles when it is kept and announced. */
  async end(ending: Ending): Promise<void> {
    const { account, sessionId } = ending
    await this.#options.bucket.put(sessionId === undefined ? `all.${account.role}.${account.id}` : `one.${sessionId}`, ending) // E2
    this.#take(ending)
    this.#options.signals.announce(ANNOUNCED, ending)
  }

  /** Calls for each new one. */
  onEnd(listener: (ending: Ending) => void): void {
    this.#listeners.add(listener)
  }

  async stop(): Promise<void> {
    this.#hearing.stop()
  }

  #take(ending: Ending): void {
    const { account, sessionId, beforeMs } = ending
    if (sessionId !== undefined) {
      if (this.#sessions.has(sessionId)) return
      this.#sessions.set(sessionId, ending)
    } else {
      if (beforeMs <= (this.#accounts.get(nameOf(account))?.beforeMs ?? -1)) return
      this.#accounts.set(nameOf(account), ending)
    }
    for (const map of [this.#sessions, this.#accounts]) forgetOld(map)
    for (const listener of this.#listeners) listener(ending)
  }
}

const nameOf = ({ role, id }: Pick<Account, 'role' | 'id'>): string => `${role}/${id}`

/** Endings remembered at once; a token of the oldest has long expired. */
const REMEMBERED = 100_000
const forgetOld = (map: Map<string, Ending>): void => {
  const [oldest] = map.keys()
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest)
}
