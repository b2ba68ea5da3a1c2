import { ApiError } from '../contract/errors.ts'

/** Ten wrong passwords a minute for one login are enough for any honest hand. */
const ALLOWED = 10
const WINDOW_MS = 60_000
/** Logins remembered at once; beyond it the oldest is forgotten. */
const REMEMBERED = 10_000

/** Counts wrong passwords per login, so that guessing is slow. Each gateway counts for itself. */
export class Attempts {
  readonly #failures = new Map<string, { count: number; readonly sinceMs: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** @throws ApiError TOO_MANY_REQUESTS with the seconds to wait */
  check(login: string): void {
    const failed = this.#failures.get(login)
    if (!failed || failed.count < ALLOWED) return
    const leftMs = failed.sinceMs + WINDOW_MS - this.#now()
    if (leftMs > 0) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterS: Math.ceil(leftMs / 1_000) })
    this.#failures.delete(login)
  }

  failed(login: string): void {
    const known = this.#failures.get(login)
    if (known && known.sinceMs + WINDOW_MS > this.#now()) {
      known.count++
      return
    }
    this.#failures.delete(login)
    this.#failures.set(login, { count: 1, sinceMs: this.#now() })
    if (this.#failures.size > REMEMBERED) for (const oldest of this.#failures.keys()) return void this.#failures.delete(oldest)
  }
}
