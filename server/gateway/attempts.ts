import { ApiError } from '../contract/errors.ts'
import { Failures } from './failures.ts'

/** From one address to one login: enough for any honest hand. */
const OF_A_PAIR = { allowed: 10, windowMs: 60_000 } as const
/** To one login from everywhere: enough for a family, nothing for who guesses from a thousand addresses. */
const OF_A_LOGIN = { allowed: 100, windowMs: 600_000 } as const
/** From one address to any login: a carrier's address stands for thousands of phones, and few of them mistype. */
const OF_AN_ADDRESS = { allowed: 300, windowMs: 60_000 } as const
/** Addresses remembered of a login, and logins at once. */
const KNOWN_ADDRESSES = 8
const KNOWN_LOGINS = 10_000

/**
 * Counts wrong passwords, so that guessing is slow. Each gateway counts for itself.
 * T1. Whoever guesses from elsewhere locks nobody out: who has signed in from his address before is not asked what others did to his login.
 */
export class Attempts {
  readonly #pairs: Failures
  readonly #logins: Failures
  readonly #addresses: Failures
  readonly #known = new Map<string, readonly string[]>()

  constructor(now: () => number) {
    this.#pairs = new Failures(OF_A_PAIR, now)
    this.#logins = new Failures(OF_A_LOGIN, now)
    this.#addresses = new Failures(OF_AN_ADDRESS, now)
  }

  /** @throws ApiError TOO_MANY_REQUESTS with the seconds to wait */
  check(login: string, address: string): void {
    const isKnown = this.#known.get(login)?.includes(address) === true
    const waitMs = Math.max(
      this.#pairs.waitMs(pairOf(login, address)),
      isKnown ? 0 : this.#logins.waitMs(login), // T1
      this.#addresses.waitMs(address),
    )
    if (waitMs > 0) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterS: Math.ceil(waitMs / 1_000) })
  }

  failed(login: string, address: string): void {
    this.#pairs.add(pairOf(login, address))
    this.#logins.add(login)
    this.#addresses.add(address)
  }

  succeeded(login: string, address: string): void {
    const known = (this.#known.get(login) ?? []).filter(each => each !== address)
    this.#known.delete(login)
    this.#known.set(login, [address, ...known].slice(0, KNOWN_ADDRESSES))
    const [oldest] = this.#known.keys()
    if (this.#known.size > KNOWN_LOGINS && oldest !== undefined) this.#known.delete(oldest)
  }
}

const pairOf = (login: string, address: string): string => `${login} ${address}`
