import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Account } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'

/** What is asked for, from what must always go on to what may wait. Each has a purse of its own: who browses starves no order. */
export const BUDGETS = ['order', 'position', 'read', 'browse'] as const
export type Budget = (typeof BUDGETS)[number]

/** Requests in 10 s. */
export type Allowance = Readonly<Record<Budget, number>>

export interface BudgetOptions {
  /** Of one account. */
  readonly perAccount: Allowance
  /** One address may stand for so many accounts: carriers put thousands of phones behind one. */
  readonly accountsPerAddress: number
  /** How late the event loop is, ms. */
  readonly delayMs: () => number
  /** 0…1. */
  readonly random: () => number
}

const WINDOW_S = 10
/** From this delay on, ms, it is left undone: lists and searches first, then single reads; an order, an answer of a store, a position never. */
const SHED_MS: Partial<Readonly<Record<Budget, number>>> = { browse: 500, read: 1_500 }
/** Those who were sent away come back over so many seconds. */
const BACK_WITHIN_S = 4

/**
 * How much each may ask of one gateway, and what is left undone when it is late. Every gateway counts for itself: with ten of them an account
 * that goes round may ask ten times as much, which is no danger to any of them.
 */
export class Budgets {
  readonly #options: BudgetOptions
  readonly #accounts: Readonly<Record<Budget, RateLimiterMemory>>
  readonly #addresses: Readonly<Record<Budget, RateLimiterMemory>>

  constructor(options: BudgetOptions) {
    this.#options = options
    const { perAccount, accountsPerAddress } = options
    this.#accounts = limiters(budget => perAccount[budget])
    this.#addresses = limiters(budget => perAccount[budget] * accountsPerAddress)
  }

  /** @throws ApiError TOO_MANY_REQUESTS when the account has asked for too much */
  async spend(budget: Budget, { role, id }: Pick<Account, 'role' | 'id'>): Promise<void> {
    await take(this.#accounts[budget], `${role}/${id}`)
  }

  /** @throws ApiError TOO_MANY_REQUESTS when too much came from the address, whoever asked */
  async spendOf(budget: Budget, address: string): Promise<void> {
    await take(this.#addresses[budget], address)
  }

  /** Before anything is done for it. @throws ApiError OVERLOADED */
  shed(budget: Budget): void {
    const { delayMs, random } = this.#options
    const limitMs = SHED_MS[budget]
    if (limitMs !== undefined && delayMs() >= limitMs)
      throw new ApiError('OVERLOADED', { retryAfterS: 1 + Math.floor(random() * BACK_WITHIN_S) })
  }
}

const limiters = (points: (budget: Budget) => number): Readonly<Record<Budget, RateLimiterMemory>> => {
  const of = (budget: Budget) => new RateLimiterMemory({ points: points(budget), duration: WINDOW_S })
  return { order: of('order'), position: of('position'), read: of('read'), browse: of('browse') }
}

const take = async (limiter: RateLimiterMemory, key: string): Promise<void> => {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new ApiError('TOO_MANY_REQUESTS', { retryAfterS: Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)) })
  }
}
